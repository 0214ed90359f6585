"""The dashboard's log lines, and the id under which they are found."""

import logging
from contextvars import ContextVar

import loglines

# Drawing a page once is a piece of work: this is its id, sent along with each call to the gateway.
run_id: ContextVar[str | None] = ContextVar("run_id", default=None)


def configure() -> None:
    """Send every line of this process to standard error; before Streamlit is imported."""
    chatty = {"httpx": logging.WARNING}  # its line holds whole addresses
    loglines.configure("dashboard", _correlate, chatty)


def _correlate(record: logging.LogRecord) -> bool:
    record.correlation_id = run_id.get()
    return True
