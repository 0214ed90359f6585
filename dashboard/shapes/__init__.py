"""What the dashboard reads of each reply: the fields that it shows, none more."""
