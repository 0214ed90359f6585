"""Read models made anew: `make bench-rebuild`, or `python -m tests.bench.rebuild --help`.

A stream of at least 100,000 events out of a seed is kept by the services that tell them and taken
by reports, in another order and some of it twice. Then the read models are made anew beside the
live ones and compared; emptied and made anew; and compared once more with what they were, row by
row. It exits with 1 where anything differs.
"""

import argparse
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, text

from chassis import migrate
from chassis.database import make_engine
from contracts.envelope import Envelope
from deploy.local.postgres import PostgreSQL
from messaging import RetryPolicy
from messaging.intake import Intake
from messaging.recalling import Archive
from reports.application.rebuilding import Rebuilt, rebuild
from reports.reactions import make_handlers
from reports.shipped import kinds
from reports.storage.rebuilding import READ_MODELS
from reports.storage.unit_of_work import Units, open_units
from tests.bench.progress import Progress
from tests.bench.table import grid
from tests.support.servers import extra, make_durable_postgres
from tests.support.stream import Stream, deliver, keep, read_models

ARCHIVES: Final = ("directory", "surveys", "inspections")
# Business time stands still while events are taken.
NOW: Final = datetime(2024, 2, 1, tzinfo=UTC)


class Bench:
    """The databases, and what was measured on them so far."""

    def __init__(self, asked: argparse.Namespace, progress: Progress) -> None:
        self._asked = asked
        self._progress = progress
        self.result: dict[str, Any] = {}

    def run(self, units: Units, archives: dict[str, Engine]) -> None:
        """Fill, compare, empty, make anew, compare."""
        archive = Archive(list(archives.values()))
        stream = Stream(self._asked.seed, self._asked.events, self._asked.schools)
        told = stream.envelopes()
        self._progress.begin(f"{len(told)} events are kept")
        for service, engine in archives.items():
            with engine.begin() as connection:
                keep(connection, [one for one in told if one.type.startswith(f"{service}.")])
        self.result["by type"] = dict(Counter(one.type for one in told).most_common())
        self._take(units, stream, told)
        before = read_models(units.engine)
        self._progress.begin("made anew beside the live ones")
        self._note("compared", rebuild(units, archive.recall, keep=False))
        with units.engine.begin() as connection:
            for table in READ_MODELS:
                connection.execute(text(f"TRUNCATE {table.name}"))
        self._progress.begin("made anew from nothing")
        self._note("from nothing", rebuild(units, archive.recall, keep=True))
        self._progress.begin("every row compared")
        after = read_models(units.engine)
        self.result["rows"] = {name: len(rows) for name, rows in before.items()}
        self.result["equal"] = self.result["compared"]["equal"] and before == after

    def _take(self, units: Units, stream: Stream, told: Sequence[Envelope]) -> None:
        intake = Intake(units.engine, make_handlers(units), RetryPolicy(), lambda: None)
        arriving = stream.shuffled(told)
        self._progress.begin(f"{len(arriving)} arrivals are taken, as a running service does")
        began = time.monotonic()
        deliver(intake.take, arriving)
        seconds = time.monotonic() - began
        self.result["taken"] = {
            "events": len(told),
            "seconds": seconds,
            "events/s": len(told) / seconds,
        }

    def _note(self, name: str, done: Rebuilt) -> None:
        self.result[name] = {
            "events": done.events,
            "seconds": done.seconds,
            "events/s": done.events / done.seconds,
            "held seconds": done.held_seconds,
            "equal": done.equal,
        }


@contextmanager
def databases(postgres: PostgreSQL) -> Iterator[tuple[Units, dict[str, Engine]]]:
    """Give reports over a fresh database, and those of the services that it hears."""
    engines = {}
    try:
        for service in ("reports", *ARCHIVES):
            database = postgres.create_database(service)
            migrate.upgrade(service, database.url)
            engines[service] = make_engine(database.url)
        yield (
            open_units(engines["reports"], lambda: NOW, kinds()),
            {service: engines[service] for service in ARCHIVES},
        )
    finally:
        for engine in engines.values():
            engine.dispose()


def show(result: dict[str, Any]) -> str:
    """Return the tables for people."""
    steps = [["", "events", "seconds", "events/s", "others waited, s"]]
    for name in ("taken", "compared", "from nothing"):
        one = result[name]
        held = f"{one['held seconds']:.2f}" if "held seconds" in one else ""
        figures = (f"{one['events']:,}", f"{one['seconds']:.1f}", f"{one['events/s']:,.0f}")
        steps.append([name, *figures, held])
    rows = [["read model", "rows"], *([name, f"{n:,}"] for name, n in result["rows"].items())]
    verdict = "equal, row by row" if result["equal"] else "NOT EQUAL"
    return f"{grid(steps)}\n\n{grid(rows)}\n\nmade anew and live: {verdict}"


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rebuild", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--schools", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, default=Path("bench-rebuild-result.json"))
    asked = parser.parse_args()
    # Whoever ends us early leaves no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    progress = Progress(6)
    progress.begin("a fresh server")
    with ExitStack() as stack:
        postgres = stack.enter_context(extra("postgres", make_durable_postgres))
        bench = Bench(asked, progress)
        bench.run(*stack.enter_context(databases(postgres)))
    progress.end()
    asked.json.write_text(json.dumps(bench.result, indent=1))
    sys.stdout.write(f"{show(bench.result)}\n\nEvery figure: {asked.json}\n")
    return 0 if bench.result["equal"] else 1


if __name__ == "__main__":
    sys.exit(main())
