"""Pure rules of reports: no I/O, no clock, no framework."""
