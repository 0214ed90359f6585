"""Reads the configuration and wires reports; the one place that does."""

import socket
from functools import partial

from eventlet import tpool
from prometheus_client import REGISTRY

from chassis.database import GREEN_DRIVER, make_engine, ping
from chassis.process import give_way, run
from chassis.settings import Settings
from messaging import MessagingSettings
from reports.metrics import TimelinessCollector
from reports.reactions import make_handlers
from reports.service import ReportsService
from reports.shipped import kinds
from reports.smtp import Mailer
from reports.storage.unit_of_work import open_units

# Six of them are messaging's (relay, lanes, sweep, gauges), five the timers', one the metrics'.
CONNECTIONS = 20


def main() -> None:
    """Run reports; refuses to start with a kinds' file that can't be."""
    give_way()
    settings = Settings.read("reports")
    mailer = Mailer.read(settings.env, look_up=partial(tpool.execute, socket.getaddrinfo))
    engine = make_engine(settings.database_url, driver=GREEN_DRIVER, pool_size=CONNECTIONS)
    units = open_units(engine, settings.clock, kinds())
    REGISTRY.register(TimelinessCollector(units))

    run(
        ReportsService,
        settings,
        application=units,
        checks={"database": partial(ping, engine)},
        config={
            "MESSAGING": MessagingSettings(
                "reports", engine, settings.amqp_url, handlers=make_handlers(units)
            ),
            "MAILER": mailer,
        },
    )
