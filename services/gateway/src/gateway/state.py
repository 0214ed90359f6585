"""What the handlers of one running gateway share."""

from dataclasses import dataclass

from fastapi import Request

from gateway.batching import Batcher
from gateway.campaigns import Campaigns
from gateway.rpc import RpcClient
from gateway.sessions import Sessions
from gateway.settings import Settings


@dataclass(frozen=True)
class State:
    """Wired once by `app.create`."""

    settings: Settings
    rpc: RpcClient
    sessions: Sessions
    campaigns: Campaigns
    batcher: Batcher


def state_of(request: Request) -> State:
    """Return the state of the app that handles the request."""
    state: State = request.app.state.gateway
    return state
