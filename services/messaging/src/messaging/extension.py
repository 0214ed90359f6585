"""The nameko extension: everything of messaging, started and stopped with its service."""

import logging
from typing import Any, cast

from nameko.extensions import DependencyProvider

from messaging import metrics, topology
from messaging.broker import LOST, BrokerAway, Publisher
from messaging.consumer import Consumer, Lane
from messaging.faults import describe
from messaging.gauges import Gauges
from messaging.intake import Intake
from messaging.loop import Loop
from messaging.relay import Relay, wake_after_commit
from messaging.retries import Retries
from messaging.settings import MessagingSettings

_log = logging.getLogger(__name__)


class Messaging(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """`messaging = Messaging()` in a service class; reads `config["MESSAGING"]`.

    nameko stops dependencies after its entrypoints: what the last RPC recorded is still relayed.
    """

    def setup(self) -> None:
        """Check the wiring and build; raises `ValueError` or `TopologyMissing` when it is wrong."""
        settings = cast("MessagingSettings", self.container.config["MESSAGING"])
        settings.handlers.check()
        _refuse_blocking(settings)
        try:
            topology.check(settings.amqp_url, settings.service)
        except LOST as error:  # starting without the broker is allowed: the loops wait for it
            _log.warning("topology not checked, the broker is away: %s", describe(error))
        self._build(settings)

    def start(self) -> None:
        """Start the loops, each in a thread that the container manages."""
        self.container.spawn_managed_thread(self._consumer.run)
        for lane in self._consumer.lanes:
            self.container.spawn_managed_thread(lane.work)
        for loop in self._loops:
            self.container.spawn_managed_thread(loop.run)

    def stop(self) -> None:
        """Stop cleanly: running chunks end and are acked, the prefetched goes back."""
        self._consumer.stop()
        for loop in self._loops:
            loop.stop()
        self._publisher.close()

    def get_dependency(self, worker_ctx: Any) -> None:
        """Return nothing: a service records events in its transactions, and needs no handle."""

    def _build(self, settings: MessagingSettings) -> None:
        engine, handlers, retry = settings.engine, settings.handlers, settings.retry
        self._publisher = Publisher(settings.amqp_url, topology.EXCHANGE)
        relay = Relay(engine, self._publisher, settings.relay_batch)
        retries = Loop("retries", Retries(engine, handlers, retry).step, settings.sweep_seconds)
        relaying = Loop("relay", relay.step, settings.sweep_seconds)
        gauges = Loop("gauges", Gauges(engine).step, settings.gauge_seconds)
        self._loops = (retries, gauges, relaying)
        wake_after_commit(engine, relaying.wake)
        intake = Intake(engine, handlers, retry, on_retrying=retries.wake)
        dead = topology.dead_queue(settings.service)
        lanes = [
            Lane(queue, intake.take, settings.chunk, dead=queue == dead)
            for queue in topology.queues_of(settings.service)
        ]
        self._consumer = Consumer(settings.amqp_url, lanes, settings.prefetch)


def check_broker() -> None:
    """Raise `BrokerAway` unless this process can publish and consume now: for readiness."""
    for role in ("publish", "consume"):
        if not _is_up(metrics.broker_connected.labels(role)):
            raise BrokerAway(f"no connection to {role}")
    if _is_up(metrics.broker_blocked):
        raise BrokerAway("blocked by an alarm")


def _is_up(gauge: Any) -> bool:
    return bool(gauge._value.get())  # noqa: SLF001  the client has no public reader


def _refuse_blocking(settings: MessagingSettings) -> None:
    """Refuse a driver whose waits would stop every other thread of an eventlet process."""
    from eventlet import patcher  # noqa: PLC0415  only a service process has eventlet loaded

    if not patcher.is_monkey_patched("socket"):
        return
    driver: Any = settings.engine.dialect.dbapi
    if settings.engine.dialect.driver != "psycopg2" or not driver.extensions.get_wait_callback():
        raise ValueError("under eventlet the engine must be postgresql+psycopg2, patched green")
