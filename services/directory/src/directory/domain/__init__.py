"""The rules of directory: pure, time comes in as an argument."""
