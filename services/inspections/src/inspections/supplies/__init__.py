"""Data that the package brings along: the checklist, the trigger rules, the terms."""
