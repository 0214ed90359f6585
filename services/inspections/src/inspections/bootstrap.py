"""Reads the configuration and wires inspections; the one place that does."""

from functools import partial

from prometheus_client import REGISTRY

from chassis.database import GREEN_DRIVER, make_engine, ping
from chassis.process import give_way, run
from chassis.settings import Settings
from inspections.application.supplying import supply
from inspections.metrics import MatterStates
from inspections.reactions import make_handlers
from inspections.service import InspectionsService
from inspections.storage.unit_of_work import open_units
from messaging import MessagingSettings

# Six of them are messaging's (relay, lanes, sweep, gauges), one the timer's.
CONNECTIONS = 20


def main() -> None:
    """Run inspections; refuses to start when a published checklist's file was changed."""
    give_way()
    settings = Settings.read("inspections")
    engine = make_engine(settings.database_url, driver=GREEN_DRIVER, pool_size=CONNECTIONS)
    units = open_units(engine, settings.clock)
    with units.for_system() as work:
        supply(work)
    REGISTRY.register(MatterStates(engine))

    handlers = make_handlers(units)
    run(
        InspectionsService,
        settings,
        application=units,
        checks={"database": partial(ping, engine)},
        config={
            "MESSAGING": MessagingSettings(
                "inspections", engine, settings.amqp_url, handlers=handlers
            )
        },
    )
