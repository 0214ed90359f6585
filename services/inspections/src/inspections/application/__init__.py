"""What inspections does: one function per command or question, over a unit of work."""
