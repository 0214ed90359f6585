"""What each user of the broker may do: a service publishes its own events and answers calls.

So nobody but the gateway can give a command, and nobody can tell an event in another's name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from contracts.events.registry import SERVICES
from messaging import topology

GATEWAY: Final = "gateway"
USERS: Final = (*SERVICES, GATEWAY)

# A call is addressed "service.method"; where its reply goes has no dot.
_REPLY: Final = r"^[^.]+$"
_NOTHING: Final = "^$"


@dataclass(frozen=True)
class Rights:
    """RabbitMQ's permissions of one user: patterns of the names that it may touch.

    `topics`: exchange → (routing keys that it may publish, routing keys that it may bind).
    """

    configure: str
    write: str
    read: str
    topics: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def rights_of(user: str) -> Rights:
    """Return the least rights with which this user can do its work."""
    if user == GATEWAY:
        replies = r"rpc\.reply-gateway-[0-9a-f-]+"
        services = "|".join(SERVICES)
        return Rights(
            configure=f"^{replies}$",
            write=f"^({replies}|{topology.RPC_EXCHANGE})$",
            read=f"^({replies}|{topology.RPC_EXCHANGE})$",
            topics={topology.RPC_EXCHANGE: (rf"^({services})\.[a-z_]+$", _REPLY)},
        )
    queues = (topology.rpc_queue(user), *topology.queues_of(user))
    return Rights(
        configure=_NOTHING,
        write=_any_of(topology.RPC_EXCHANGE, topology.EXCHANGE),
        read=_any_of(*queues),
        topics={
            topology.RPC_EXCHANGE: (_REPLY, _NOTHING),
            topology.EXCHANGE: (rf"^{user}\.", _NOTHING),
        },
    )


def _any_of(*names: str) -> str:
    return f"^({'|'.join(map(re.escape, names))})$"
