"""Who exists, under whom, since when; who may log in, and as whom."""
