"""Report obligations: kinds, deadlines, submissions, timeliness, and the read models."""
