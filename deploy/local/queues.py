"""Which quorum queues a broker that runs and answers can't serve, since their files are damaged."""

import time
from typing import Any

from deploy.setup.broker import BrokerAdministration

PATIENCE = 10.0  # seconds in which a queue finds its leader, on a machine that is busy


def unserved(broker: BrokerAdministration, seconds: float = PATIENCE) -> set[tuple[str, str]]:
    """(virtual host, name) of the quorum queues that nobody served at any moment of `seconds`.

    Returns at once when there is none. Whoever consumes from such a queue gets
    `541 INTERNAL_ERROR`, for good, while the broker's health checks are all well.
    """
    deadline = time.monotonic() + seconds
    lost = _without_process(broker)
    while lost and time.monotonic() < deadline:
        time.sleep(0.2)
        lost &= _without_process(broker)
    return lost


def _without_process(broker: BrokerAdministration) -> set[tuple[str, str]]:
    queues = broker.api("GET", "queues?disable_stats=true")
    return {(queue["vhost"], queue["name"]) for queue in queues if not _is_served(queue)}


def _is_served(queue: dict[str, Any]) -> bool:
    return queue["type"] != "quorum" or queue.get("leader") in queue.get("online", ())
