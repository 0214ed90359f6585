"""The RPC edge: typed requests in, results or problems out, nothing else."""

import functools
import logging
import time
from collections.abc import Callable
from typing import Any, Final, get_type_hints

from nameko.messaging import QueueConsumer
from nameko.rpc import Rpc, RpcConsumer
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from contracts.correlation import correlated
from contracts.model import Model
from contracts.problems import Problem, ProblemReply
from contracts.rpc.base import Call, Reply, Request

log = logging.getLogger(__name__)
OK: Final = "ok"
INVALID: Final = "request.invalid"


class PatientQueueConsumer(QueueConsumer):  # type: ignore[misc]  # nameko has no types
    """Drops a call that is no JSON; kombu's own would write its whole body into the log."""

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        """Ack what nobody can answer; the caller's timeout tells it."""
        log.warning("a call can't be read: %s", type(exc).__name__)
        message.ack()


class PatientRpcConsumer(RpcConsumer):  # type: ignore[misc]  # nameko has no types
    """Survives a reply that can't be sent; nameko's own ends the whole service then.

    The broker went away, or the caller named no place for the reply. The caller's timeout tells
    it; what was committed stays committed, and a repeated command is recognised by its ids.
    Declares nothing: the topology did, and so no service needs the right to.
    """

    queue_consumer = PatientQueueConsumer()

    def setup(self) -> None:
        """Name the queue; nameko calls it before the service starts."""
        super().setup()
        self.queue.no_declare = True

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        """Send the reply and ack the request; returns what was sent."""
        try:
            sent: tuple[Any, Any] = super().handle_result(message, result, exc_info)
        except Exception as error:  # noqa: BLE001 - whatever it is, other callers go on
            log.warning("a reply is lost: %s: %s", type(error).__name__, error)
            self.queue_consumer.ack_message(message)
            return result, exc_info
        return sent


class PatientRpc(Rpc):  # type: ignore[misc]  # nameko has no types
    """An RPC method of a service."""

    rpc_consumer = PatientRpcConsumer()


def answer(method: Callable[[], Model], where: str) -> Reply:
    """Run a use case and put its result or its problem into a reply."""
    try:
        return Reply(result=method().model_dump(mode="json"))
    except Problem as problem:
        reply = ProblemReply(code=problem.code, params=dict(problem.params))
    except (OperationalError, PoolTimeout):
        log.exception("%s: the database is away", where)
        reply = ProblemReply(code="service.unavailable")
    except DBAPIError:
        log.exception("%s failed in the database", where)
        reply = ProblemReply(code="service.failed")
    except Exception:
        log.exception("%s failed", where)
        reply = ProblemReply(code="service.failed")
    return Reply(problem=reply)


def remote(method: Callable[[Any, Call, Any], Model]) -> Callable[..., dict[str, Any]]:
    """Make `def name(self, call: Call, request: SomeRequest) -> SomeReply` callable over RPC.

    On the wire: kwargs `context` (a `Call`) and `request`, both as JSON; back comes a `Reply`.
    A request that doesn't parse is `request.invalid` with the fields that are wrong. Each call
    leaves a line in the log, unless its request asks for none and all went well.
    """
    hints = get_type_hints(method)
    request_type: type[Request] = hints["request"]
    where = method.__qualname__

    @functools.wraps(method)
    def entry(self: Any, context: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        began = time.perf_counter()
        try:
            call = Call.model_validate(context)
            parsed = request_type.model_validate(request)
        except ValidationError as wrong:
            fields = [".".join(map(str, e["loc"])) for e in wrong.errors()]
            reply = Reply(problem=ProblemReply(code=INVALID, params={"fields": fields}))
            _note(where, INVALID, began)
            return reply.model_dump(mode="json")
        with correlated(call.correlation_id):
            reply = answer(lambda: method(self, call, parsed), where)
            code = reply.problem.code if reply.problem else OK
            if request_type.noted or code != OK:
                _note(where, code, began)
        return reply.model_dump(mode="json")

    decorated: Callable[..., dict[str, Any]] = PatientRpc.decorator(entry)
    return decorated


def _note(where: str, code: str, began: float) -> None:
    ms = round((time.perf_counter() - began) * 1000, 1)
    log.info("%s %s", where, code, extra={"method": where, "code": code, "ms": ms})
