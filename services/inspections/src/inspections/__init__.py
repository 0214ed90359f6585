"""Inspections: from what a parent tells to the remedy that puts it right."""
