"""The dashboard's log: one JSON object a line on standard error, as every process writes it."""

import json
import logging
import sys
import threading
from contextvars import ContextVar
from datetime import UTC, datetime
from io import TextIOBase
from typing import Any, Final, TextIO

# Drawing a page once is a piece of work: this is its id, sent along with each call to the gateway.
run_id: ContextVar[str | None] = ContextVar("run_id", default=None)
EXTRAS: Final = ("route", "method", "status", "ms")


class JsonFormatter(logging.Formatter):
    """time, level, service, logger, message; correlation_id, extras and traceback if any."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "service": "dashboard",
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (correlation_id := run_id.get()) is not None:
            line["correlation_id"] = correlation_id
        line |= {name: getattr(record, name) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class Lines(TextIOBase):
    """Stands for a stream: what Streamlit prints past the logs becomes a record, line by line."""

    def __init__(self, real: TextIO, name: str, level: int) -> None:
        self._real = real
        self._log = logging.getLogger(name)
        self._level = level
        self._begun = ""
        self._own = threading.local()

    def write(self, text: str) -> int:
        """Log each finished line."""
        if getattr(self._own, "busy", False):  # logging itself complains: a record would go around
            return self._real.write(text)
        *lines, self._begun = (self._begun + text).split("\n")
        self._own.busy = True
        try:
            for line in filter(str.strip, lines):
                self._log.log(self._level, "%s", line)
        finally:
            self._own.busy = False
        return len(text)

    def flush(self) -> None:
        """Flush what stands behind."""
        self._real.flush()


def configure() -> None:
    """Send every line of this process to standard error as JSON; before Streamlit is imported."""
    assert sys.__stdout__ is not None
    assert sys.__stderr__ is not None
    handler = logging.StreamHandler(sys.__stderr__)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its line holds whole addresses
    sys.stdout = Lines(sys.__stdout__, "stdout", logging.INFO)
    sys.stderr = Lines(sys.__stderr__, "stderr", logging.WARNING)
