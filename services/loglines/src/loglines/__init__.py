"""The log line of every process: one JSON object, so that one search finds a chain everywhere."""

import json
import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from io import TextIOBase
from types import TracebackType
from typing import Any, Final, TextIO

# What a record may carry beside its message: `log.info("…", extra={"ms": 3.1})`.
EXTRAS: Final = ("caller_id", "route", "method", "status", "code", "event", "ms")


class JsonFormatter(logging.Formatter):
    """time, level, service, logger, message; correlation_id, extras and traceback if any."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "service": self._service,
            "logger": record.name,
            "message": record.getMessage(),
        }
        names = ("correlation_id", *EXTRAS)
        known = ((name, getattr(record, name, None)) for name in names)
        line |= {name: value for name, value in known if value is not None}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        # A line with half a letter in it couldn't be written at all.
        written = json.dumps(line, ensure_ascii=False, default=str)
        return written.encode(errors="replace").decode()


class Lines(TextIOBase):
    """Stands for a stream: what is printed past the logs becomes a record, line by line."""

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

    def fileno(self) -> int:
        """Return the real stream's number, for whoever writes past Python."""
        return self._real.fileno()


def configure(
    service: str,
    correlate: Callable[[logging.LogRecord], bool],
    quiet: dict[str, int] | None = None,
) -> None:
    """Send every line of this process to standard error as JSON, printed ones and warnings too.

    `correlate` gives each record, whoever made it, its `correlation_id`, and returns True. `quiet`
    maps loggers that say too much to the level from which on they are heard.
    """
    assert sys.__stdout__ is not None
    assert sys.__stderr__ is not None
    handler = logging.StreamHandler(sys.__stderr__)
    handler.setFormatter(JsonFormatter(service))
    handler.addFilter(correlate)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name, level in (quiet or {}).items():
        logging.getLogger(name).setLevel(level)
    sys.excepthook = _last_words
    sys.stdout = Lines(sys.__stdout__, "stdout", logging.INFO)
    sys.stderr = Lines(sys.__stderr__, "stderr", logging.WARNING)


def _last_words(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    logging.getLogger("process").critical("ended", exc_info=(kind, error, trace))
