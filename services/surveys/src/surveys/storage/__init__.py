"""Tables, repositories and the unit of work of surveys."""
