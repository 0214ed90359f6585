"""Who calls: a token becomes a session, by asking directory."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from contracts.rpc.base import PARENT, Call
from contracts.rpc.sessions import ResolveSession, Session
from gateway.rpc import Rpc

COOKIE: Final = "kipthoi_session"
KEPT_SECONDS: Final = 2.0
KEPT_AT_MOST: Final = 5000
LONGEST_TOKEN: Final = 512


class Sessions:
    """Resolves tokens; an answer is kept for two seconds, so that a page asks once."""

    def __init__(self, rpc: Rpc, now: Callable[[], float] = time.monotonic) -> None:
        self._rpc = rpc
        self._now = now
        self._kept: OrderedDict[str, tuple[float, Session]] = OrderedDict()

    async def resolve(self, token: str, call: Call) -> Session:
        """Return the token's session; raises `auth.required`, `service.unavailable`."""
        kept = self._kept.get(token)
        if kept is not None and kept[0] > self._now():
            return kept[1]
        session = await self._rpc.call(
            "directory",
            "resolve_session",
            ResolveSession(token=token),
            Call(actor=PARENT, correlation_id=call.correlation_id),
            Session,
        )
        self._kept[token] = (self._now() + KEPT_SECONDS, session)
        self._kept.move_to_end(token)
        while len(self._kept) > KEPT_AT_MOST:
            self._kept.popitem(last=False)
        return session

    def forget(self, token: str) -> None:
        """Drop what is kept of a token: after logout or a changed password."""
        self._kept.pop(token, None)
