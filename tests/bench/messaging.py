"""How fast events travel: `python -m tests.bench.messaging`. Measures, and asserts nothing.

Two service processes, producer and consumer, on the private servers of the tests. The consumer's
handler writes two rows in its transaction and one beside it, so it is slower than most real ones.
"""

import sys
import tempfile
import time
import warnings
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated")

from nameko.standalone.rpc import ClusterRpcProxy  # noqa: E402
from sqlalchemy import text  # noqa: E402

from messaging import topology  # noqa: E402
from tests.component.messaging.running import Process, Store, answers  # noqa: E402
from tests.support.eventually import eventually  # noqa: E402
from tests.support.servers import make_broker, make_postgres, shared  # noqa: E402

FLOOD = 20_000
AT_REST = 200


def main() -> None:
    """Measure the relay alone, the consumer alone, and the way of single events at rest."""
    with shared("postgres", make_postgres) as postgres, shared("rabbitmq", make_broker) as broker:
        url = broker.create_vhost()
        topology.apply(url)
        folder = Path(tempfile.mkdtemp())
        surveys, reports = (
            Store(name, postgres.create_database(name)) for name in ("surveys", "reports")
        )
        started: list[Process] = []
        try:
            _flood(surveys, reports, url, folder, started)
            _rest(surveys, reports, url)
        finally:
            for process in started:
                process.kill()


def _flood(surveys: Store, reports: Store, url: str, folder: Path, started: list[Process]) -> None:
    began = time.monotonic()
    for _ in range(FLOOD // 500):
        surveys.record(*answers("flood", 500))
    _say("record_all, 500 a transaction", FLOOD / (time.monotonic() - began), "events/s")

    started.append(Process(surveys, url, folder).ready())
    began, left = time.monotonic(), surveys.unsent()
    eventually(lambda: surveys.unsent() == 0, 120)
    _say("relay alone", left / (time.monotonic() - began), "events/s")

    started.append(Process(reports, url, folder).ready())
    eventually(lambda: reports.one("SELECT count(*) FROM effects") == FLOOD, 120)
    seconds = reports.one("SELECT extract(epoch FROM max(at) - min(at)) FROM effects")
    _say("consumer alone", FLOOD / float(seconds), "events/s")
    _say("  in batches of", float(reports.one("SELECT avg(batch) FROM effects")), "events")


def _rest(surveys: Store, reports: Store, url: str) -> None:
    with ClusterRpcProxy({"AMQP_URI": url}) as cluster:
        for _ in range(AT_REST):
            cluster.surveys.record("rest", 1)
            time.sleep(0.02)
    eventually(lambda: reports.one("SELECT count(*) FROM effects WHERE school = 'rest'") == AT_REST)
    with surveys.engine.connect() as told, reports.engine.connect() as done:
        events = told.execute(text("SELECT id, recorded_at FROM events"))
        recorded: dict[UUID, datetime] = {row.id: row.recorded_at for row in events}
        effects = done.execute(text("SELECT event_id, at FROM effects WHERE school = 'rest'"))
        late = [(at - recorded[event_id]).total_seconds() * 1000 for event_id, at in effects]
    _say("at rest, recorded to effect, median", median(late), "ms")
    _say("at rest, recorded to effect, p95", quantiles(late, n=20)[-1], "ms")


def _say(what: str, number: float, unit: str) -> None:
    sys.stdout.write(f"{what:<38} {number:>10,.1f} {unit}\n")


if __name__ == "__main__":
    main()
