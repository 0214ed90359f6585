import asyncio
from typing import Any
from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc.base import PARENT, Actor, Call
from contracts.rpc.sessions import ResolveSession, Session
from gateway.sessions import KEPT_AT_MOST, KEPT_SECONDS, Sessions

CALL = Call(actor=PARENT, correlation_id=uuid4())


class Directory:
    """Stands for the RPC client in front of directory."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.alive = True

    async def call(
        self, service: str, method: str, request: Any, call: Call, reply_type: Any, **_: Any
    ) -> Any:
        assert (service, method, reply_type) == ("directory", "resolve_session", Session)
        assert isinstance(request, ResolveSession)
        assert call.actor == PARENT
        self.asked.append(request.token)
        if not self.alive:
            raise Problem("auth.required")
        return Session(actor=Actor(role="clerk"))


def test_a_page_asks_once_and_a_logout_counts_at_once() -> None:
    async def main() -> None:
        directory, now = Directory(), [100.0]
        sessions = Sessions(directory, lambda: now[0])
        for _ in range(5):
            assert (await sessions.resolve("one", CALL)).actor.role == "clerk"
        assert directory.asked == ["one"]
        directory.alive = False
        sessions.forget("one")
        with pytest.raises(Problem, match=r"auth\.required"):
            await sessions.resolve("one", CALL)

    asyncio.run(main())


def test_a_session_that_ended_elsewhere_is_known_after_two_seconds() -> None:
    async def main() -> None:
        directory, now = Directory(), [100.0]
        sessions = Sessions(directory, lambda: now[0])
        await sessions.resolve("one", CALL)
        directory.alive = False
        await sessions.resolve("one", CALL)
        now[0] += KEPT_SECONDS
        with pytest.raises(Problem, match=r"auth\.required"):
            await sessions.resolve("one", CALL)

    asyncio.run(main())


def test_what_is_kept_is_bounded() -> None:
    async def main() -> None:
        directory = Directory()
        sessions = Sessions(directory)
        for number in range(KEPT_AT_MOST + 1):
            await sessions.resolve(str(number), CALL)
        await sessions.resolve(str(KEPT_AT_MOST), CALL)
        await sessions.resolve("0", CALL)
        assert len(directory.asked) == KEPT_AT_MOST + 2, "the oldest was dropped"

    asyncio.run(main())
