"""What databases and broker have to hold before a service starts: for any deployment."""
