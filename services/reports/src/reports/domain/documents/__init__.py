"""Official documents: what they say, how they look, made from templates and read back."""
