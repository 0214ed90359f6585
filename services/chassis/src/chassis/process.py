"""Run one service as a process until a signal ends it."""

import gc
import logging
import os
import signal
from collections.abc import Callable, Mapping
from typing import Any

import eventlet
import eventlet.wsgi
from eventlet.event import Event
from nameko.containers import ServiceContainer
from nameko.extensions import DependencyProvider
from prometheus_client import disable_created_metrics

from chassis import health
from chassis.settings import Settings
from messaging.extension import check_broker

log = logging.getLogger(__name__)

AMQP_HEARTBEAT_SECONDS = 30
GIVEN_WAY = 10


class Application(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Hands the object that bootstrap wired to the service class, as `self.<attribute>`."""

    def get_dependency(self, worker_ctx: Any) -> Any:  # noqa: ARG002 - nameko calls it so
        """Return the application that `run` was given."""
        return self.container.config["APPLICATION"]


def give_way() -> None:
    """Let this process compute after others: those who take answers go before their effects.

    It matters where processors are short. Containers have weights of their own for it.
    """
    os.nice(GIVEN_WAY)


def run(
    service_class: type,
    settings: Settings,
    *,
    application: Any,
    checks: Mapping[str, Callable[[], None]],
    config: Mapping[str, Any],
) -> None:
    """Run the service until SIGTERM or SIGINT; running work is finished first.

    `config` goes into nameko's configuration (the messaging settings); `checks` decide readiness,
    beside the broker where the service has messaging.
    """
    # A counter's birth would be the moment of the first answer.
    disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus_client types it not
    container = ServiceContainer(
        service_class,
        {
            "AMQP_URI": settings.amqp_url,
            "HEARTBEAT": AMQP_HEARTBEAT_SECONDS,
            "max_workers": settings.workers,
            "serializer": "json",
            "APPLICATION": application,
            **config,
        },
    )
    stop = Event()

    def on_signal(*_: Any) -> None:
        if not stop.ready():
            stop.send()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)

    if "MESSAGING" in config:
        checks = {**checks, "broker": check_broker}
    container.start()
    socket = eventlet.listen((settings.http_host, settings.http_port), reuse_port=False)
    server = eventlet.spawn(
        eventlet.wsgi.server, socket, health.make_app(checks), log_output=False, debug=False
    )
    watcher = eventlet.spawn(_stop_when_container_dies, container, stop)
    # What is there now stays: looking through it for garbage again and again finds nothing.
    gc.collect()
    gc.freeze()
    gc.enable()
    log.info("%s is up on port %d", settings.service, settings.http_port)
    stop.wait()
    log.info("%s stops", settings.service)
    died = watcher.dead
    server.kill()
    watcher.kill()
    container.stop()
    log.info("%s has stopped", settings.service)
    if died:
        raise SystemExit(1)  # whoever supervises starts it again


def _stop_when_container_dies(container: Any, stop: Event) -> None:
    try:
        container.wait()
    except Exception:
        log.exception("the container died")
    if not stop.ready():
        stop.send()
