"""How the gateway learns who calls: directory answers `resolve_session` on each request."""

from contracts.model import Model
from contracts.rpc.base import Actor, Request


class ResolveSession(Request):
    """`resolve_session` of directory. `token` is a session's or an API key, as the client sent it.

    Raises `auth.required` for a token that is unknown, ended or expired.
    """

    token: str


class Session(Model):
    """Who calls, with today's scope. Until the first password is changed, nothing else is done."""

    actor: Actor
    must_change_password: bool = False
