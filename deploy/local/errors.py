class StackError(Exception):
    """Something a person can act on; its message is a sentence, printed without a traceback."""
