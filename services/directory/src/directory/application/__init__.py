"""The commands and questions of directory, over a unit of work."""
