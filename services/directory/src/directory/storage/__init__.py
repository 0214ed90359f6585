"""What directory keeps, and how."""
