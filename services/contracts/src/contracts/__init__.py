"""What the services say to each other: events, RPC messages, problems. Versioned and additive."""
