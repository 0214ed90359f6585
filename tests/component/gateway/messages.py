"""Messages that only these tests exchange with the stub service."""

from pathlib import Path

from contracts.model import Model
from contracts.rpc.base import Request


class Words(Request):
    text: str = ""


class Wait(Request):
    seconds: float


class Write(Request):
    path: Path


class Said(Model):
    text: str
