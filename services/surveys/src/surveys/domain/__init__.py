"""Rules of surveys: pure, time comes in as an argument."""
