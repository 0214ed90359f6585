"""Run the gateway: `python -m gateway`."""

import gc
import logging
import signal
import sys

import uvicorn
from prometheus_client import disable_created_metrics

import loglines
from contracts import correlation
from gateway.app import create
from gateway.settings import Settings, SettingsError


def main() -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    chatty = dict.fromkeys(("aio_pika", "aiormq"), logging.CRITICAL)
    loglines.configure("gateway", correlation.correlate, chatty)
    try:
        settings = Settings.read()
    except SettingsError as why:
        sys.exit(f"gateway: {why}")
    # A counter's birth would be the moment of the first answer.
    disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus_client types it not
    # uvicorn raises the signal anew when it has stopped: that a stop was asked for is no failure.
    signal.signal(signal.SIGTERM, lambda *_: None)
    app = create(settings)
    # What is there now stays: looking through it for garbage again and again finds nothing.
    gc.collect()
    gc.freeze()
    uvicorn.run(
        app,
        host=settings.http_host,
        port=settings.http_port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=20,
    )


if __name__ == "__main__":
    main()
