from hypothesis import settings

# A rule is right or wrong, not slow: the first example pays for what is cached, on any machine.
settings.register_profile("kipthoi", deadline=None)
settings.load_profile("kipthoi")
