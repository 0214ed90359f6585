"""What the smallest service is asked and answers."""

from contracts.model import Model
from contracts.rpc.base import Request


class Ask(Request):
    words: str = ""
    seconds: float = 0


class Discreet(Request):
    """A request whose calls leave no line when they went well."""

    noted = False
    words: str = ""


class Echo(Model):
    words: str
    role: str
