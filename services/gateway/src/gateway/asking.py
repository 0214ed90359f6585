"""How a route asks a service in the name of its caller."""

from typing import Annotated, TypeVar

from fastapi import Depends
from fastapi import Request as HttpRequest

from contracts.correlation import anonymous_id
from contracts.model import Model
from contracts.rpc.base import Call, Request
from gateway.rpc import CALL_SECONDS, Rpc
from gateway.state import state_of

R = TypeVar("R", bound=Model)


class Asker:
    """Asks services with the context of one HTTP request."""

    def __init__(self, rpc: Rpc, call: Call, seconds: float = CALL_SECONDS) -> None:
        self.rpc = rpc
        self.call = call
        self.seconds = seconds

    @property
    def anonymous(self) -> "Asker":
        """What begins a chain of its own, whose id stands in no log beside a time of day."""
        chain = anonymous_id()
        return Asker(self.rpc, self.call.model_copy(update={"correlation_id": chain}))

    def patient(self, seconds: float) -> "Asker":
        """Who waits longer, for what takes its time."""
        return Asker(self.rpc, self.call, seconds)

    async def __call__(self, service: str, method: str, request: Request, reply_type: type[R]) -> R:
        """Return the reply of `service.method`; raises the service's `Problem`."""
        return await self.rpc.call(
            service, method, request, self.call, reply_type, seconds=self.seconds
        )


def asker_of(request: HttpRequest) -> Asker:
    """Return the asker of a request that was admitted."""
    return Asker(state_of(request).rpc, request.state.call)


async def _asker(request: HttpRequest) -> Asker:
    """Do the same for a route: what is not `async` FastAPI calls in a thread, for each request."""
    return asker_of(request)


# A route's parameter: `ask: Ask`, then `await ask("surveys", "get_campaign", GetCampaign(…), …)`.
Ask = Annotated[Asker, Depends(_asker)]
