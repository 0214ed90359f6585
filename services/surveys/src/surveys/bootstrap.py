"""Reads the configuration and wires surveys; the one place that does."""

from functools import partial

from prometheus_client import REGISTRY

from chassis.database import GREEN_DRIVER, make_engine, ping
from chassis.process import run
from chassis.settings import Settings
from messaging import MessagingSettings
from surveys.application.supplying import supply
from surveys.metrics import Standings
from surveys.reactions import make_handlers
from surveys.service import SurveysService
from surveys.storage.unit_of_work import open_units

# Six of them are messaging's (relay, lanes, sweep, gauges), one the timer's.
CONNECTIONS = 20


def main() -> None:
    """Run surveys; refuses to start when a published form's file was changed."""
    settings = Settings.read("surveys")
    engine = make_engine(settings.database_url, driver=GREEN_DRIVER, pool_size=CONNECTIONS)
    units = open_units(engine, settings.clock)
    with units.for_system() as work:
        supply(work)
    REGISTRY.register(Standings(engine, settings.clock))

    run(
        SurveysService,
        settings,
        application=units,
        checks={"database": partial(ping, engine)},
        config={
            "MESSAGING": MessagingSettings(
                "surveys", engine, settings.amqp_url, handlers=make_handlers()
            )
        },
    )
