"""What inspections are and which rules they follow: pure, time comes in as an argument."""
