"""A real nameko service for tests: `python -m tests.component.gateway.stub NAME AMQP_URL`."""

import eventlet

eventlet.monkey_patch()

# ruff: noqa: E402 - nothing may be imported before eventlet has patched
import signal
import sys
from typing import Any

from eventlet.event import Event
from nameko.containers import ServiceContainer
from nameko.rpc import rpc

from chassis.rpc import remote
from contracts.problems import Problem
from contracts.rpc.base import Actor, Call, Empty, Ping, TraceEvent, TraceReply, TraceRequest
from contracts.rpc.sessions import ResolveSession, Session
from tests.component.gateway.messages import Said, Wait, Words, Write


class Stub:
    """Answers what the gateway's core asks, and misbehaves on demand."""

    name = sys.argv[1]

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        return Empty()

    @remote
    def echo(self, call: Call, request: Words) -> Said:
        return Said(text=f"{call.actor.role}: {request.text}")

    @remote
    def refuse(self, call: Call, request: Words) -> Empty:
        raise Problem("resource.conflict", about=request.text)

    @remote
    def wait(self, call: Call, request: Wait) -> Empty:
        eventlet.sleep(request.seconds)
        return Empty()

    @remote
    def write(self, call: Call, request: Write) -> Empty:
        request.path.write_text("written")
        return Empty()

    @rpc  # type: ignore[untyped-decorator]  # nameko has no types
    def babble(self, **_: Any) -> list[str]:
        return ["no reply at all"]

    @rpc  # type: ignore[untyped-decorator]
    def invent(self, **_: Any) -> dict[str, Any]:
        return {"problem": {"code": "stub.invented", "params": {}}}

    @rpc  # type: ignore[untyped-decorator]
    def explode(self, **_: Any) -> None:
        raise RuntimeError("secret detail")

    @remote
    def resolve_session(self, call: Call, request: ResolveSession) -> Session:
        """Read who calls out of the token: "role", "role@school,school" or "role!" (initial)."""
        words = request.token.rstrip("!")
        role, _, schools = words.partition("@")
        try:
            actor = Actor.model_validate(
                {
                    "role": role,
                    "display_name": role,
                    "schools": tuple(schools.split(",")) if schools else None,
                }
            )
        except ValueError:
            raise Problem("auth.required") from None
        return Session(actor=actor, must_change_password=request.token.endswith("!"))

    @remote
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        """Tell one event whose id is that of the chain, later for later names."""
        event = TraceEvent(
            id=request.correlation_id,
            type=f"{self.name}.happened",
            time=f"2024-03-0{len(self.name) % 9 + 1}T00:00:00Z",
            source=f"/kipthoi/{self.name}",
            subject=None,
            causation_id=None,
            data={"concerns_head": request.correlation_id.int % 2 == 1},
        )
        return TraceReply(events=(event,))


def main() -> None:
    """Run the stub until SIGTERM."""
    stop = Event()
    container = ServiceContainer(Stub, {"AMQP_URI": sys.argv[2], "serializer": "json"})
    signal.signal(signal.SIGTERM, lambda *_: stop.ready() or stop.send())
    container.start()
    sys.stdout.write("up\n")
    sys.stdout.flush()
    stop.wait()
    container.stop()


main()
