"""What is told of results, as tables: nothing that the interface doesn't tell as well."""
