import time
from collections.abc import Sequence

import httpx

from deploy.local.environment import Addresses
from deploy.local.errors import StackError
from deploy.local.parts import Part
from deploy.local.supervision import Supervisor

GAVE_UP = {"FATAL", "STOPPED", "UNKNOWN"}


def wait_ready(
    parts: Sequence[Part], addresses: Addresses, supervisor: Supervisor, seconds: float = 300
) -> None:
    """Wait until every process says that it is ready.

    Raises StackError, with the end of its log, for the first that ends or takes too long: a busy
    machine may need minutes, one that ends is told at once.
    """
    deadline = time.monotonic() + seconds
    waiting = list(parts)
    with httpx.Client(trust_env=False, timeout=5) as http:
        while waiting:
            waiting = [part for part in waiting if not _ready(http, addresses.http(part), part)]
            states = supervisor.states()
            for part in waiting:
                state = states.get(part.name, "UNKNOWN")
                if state in GAVE_UP or time.monotonic() > deadline:
                    raise StackError(
                        f"{part.name} does not get ready ({state}). Its log ends with:\n"
                        f"{supervisor.tail(part.name)}"
                    )
            if waiting:
                time.sleep(0.2)


def _ready(http: httpx.Client, url: str, part: Part) -> bool:
    try:
        return http.get(f"{url}{part.ready}").status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
