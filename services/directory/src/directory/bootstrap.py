"""Reads the configuration and wires directory; the one place that does."""

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from eventlet import tpool
from eventlet.semaphore import Semaphore
from prometheus_client import REGISTRY

from chassis.database import GREEN_DRIVER, make_engine, ping
from chassis.process import run
from chassis.settings import Settings
from directory.application.first_operator import make_first_operator
from directory.application.hashing import Passwords
from directory.application.wired import wire
from directory.metrics import Population
from directory.service import DirectoryService
from directory.storage.unit_of_work import open_units
from messaging import Handlers, MessagingSettings

# Six of them are messaging's (relay, lanes, sweep, gauges), one the timer's.
CONNECTIONS = 20
# Each hash takes 64 MiB and four lanes of the processor: more at once would only be slower.
HASHES_AT_ONCE = 4


def main() -> None:
    """Run directory."""
    settings = Settings.read("directory")
    engine = make_engine(settings.database_url, driver=GREEN_DRIVER, pool_size=CONNECTIONS)
    units = open_units(engine, settings.clock)
    # Tests make hundreds of accounts; anywhere else a password has to be dear to guess.
    cheap = PasswordHasher.from_parameters(CHEAPEST) if settings.env == "test" else None
    hashing = Passwords(in_threads(HASHES_AT_ONCE), cheap)
    first_password = os.environ.get("KIPTHOI_OPERATOR_PASSWORD")
    if first_password:
        make_first_operator(units, hashing, first_password)
    REGISTRY.register(Population(engine))

    run(
        DirectoryService,
        settings,
        application=wire(units, hashing),
        checks={"database": partial(ping, engine)},
        config={
            "MESSAGING": MessagingSettings(
                "directory", engine, settings.amqp_url, handlers=Handlers("directory")
            )
        },
    )


def in_threads(at_once: int) -> Callable[..., Any]:
    """Return what runs a function in a real thread while other greenlets go on."""
    turn = Semaphore(at_once)

    def offload(function: Callable[..., Any], *arguments: Any) -> Any:
        with turn:
            return tpool.execute(function, *arguments)

    return offload
