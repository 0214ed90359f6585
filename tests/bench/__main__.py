"""The benchmark: `make bench`, or `python -m tests.bench --help`.

The product and its yardsticks take turns, in another order each run, on the same servers, whose
disk writes are as durable as in production. Everything is on this machine, the load included.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict
from pathlib import Path

import psycopg

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.bench import machine, table
from tests.bench.contender import Contender
from tests.bench.measuring import Load, Rest, at_rest, under_load, warm_up
from tests.bench.progress import Progress
from tests.bench.subject import running_subject
from tests.bench.yardstick import KINDS, running_yardstick
from tests.bench.yardstick_limit import Limit, measure_limit
from tests.support.servers import extra, make_broker, make_durable_postgres

CONTENDERS = ("subject", *KINDS, "broker")
LIMIT_MESSAGES_A_SECOND = 6_000  # so that the broker's part lasts about as long as the others'


class Bench:
    """What was asked for, and what came of it so far."""

    def __init__(self, asked: argparse.Namespace, postgres: PostgreSQL, broker: RabbitMQ) -> None:
        self._asked = asked
        self._postgres = postgres
        self._broker = broker
        self.loads: dict[str, dict[int, list[Load]]] = defaultdict(lambda: defaultdict(list))
        self.rests: dict[str, list[Rest]] = defaultdict(list)
        self.limits: list[Limit] = []
        self.runs = 0

    def run(self) -> None:
        """Run until all is measured or the time is up; only whole runs count."""
        asked = self._asked
        end = time.monotonic() + asked.minutes * 60
        steps = sum(1 if n == "broker" else 2 + len(asked.clients) for n in asked.only)
        progress = Progress(asked.runs * steps)
        for number in range(asked.runs):
            began = time.monotonic()
            turn = number % len(asked.only)
            for name in (*asked.only[turn:], *asked.only[:turn]):
                self._measure(name, f"run {number + 1}, {name}", progress)
            self.runs += 1
            if time.monotonic() + (time.monotonic() - began) > end:
                break
        progress.end()

    def _measure(self, name: str, where: str, progress: Progress) -> None:
        with tempfile.TemporaryDirectory() as folder:
            if name == "broker":
                progress.begin(where)
                messages = int(self._asked.seconds * LIMIT_MESSAGES_A_SECOND)
                self.limits.append(measure_limit(self._broker, messages))
                return
            progress.begin(f"{where}: starts")
            with self._running(name, Path(folder)) as contender:
                warm_up(contender)
                progress.begin(f"{where}: at rest")
                self.rests[name].append(at_rest(contender))
                for clients in self._asked.clients:
                    progress.begin(f"{where}: {clients} clients")
                    self._checkpoint()
                    load = under_load(contender, clients, self._asked.seconds)
                    self.loads[name][clients].append(load)

    def _running(self, name: str, folder: Path) -> AbstractContextManager[Contender]:
        if name == "subject":
            return running_subject(self._postgres, self._broker, folder)
        return running_yardstick(name, self._postgres, self._broker, folder)

    def _checkpoint(self) -> None:
        """Write out what the last stretch left, so that it burdens nobody else."""
        with psycopg.connect(self._postgres.admin.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")


def main() -> None:
    """Measure, print, write; exit 1 when anything went wrong."""
    asked = parse(sys.argv[1:])
    # Whoever ends us early leaves no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        postgres = stack.enter_context(extra("postgres", make_durable_postgres))
        broker = stack.enter_context(extra("rabbitmq", make_broker))
        facts = machine.facts(postgres, broker, postgres.home.parent)
        bench = Bench(asked, postgres, broker)
        bench.run()
    wrong = table.wrongs(bench.loads)
    asked.json.write_text(
        json.dumps(
            {
                "machine": facts,
                "asked": {"runs": asked.runs, "seconds": asked.seconds},
                "runs": bench.runs,
                "loads": {
                    name: {
                        clients: [asdict(load) for load in loads]
                        for clients, loads in levels.items()
                    }
                    for name, levels in bench.loads.items()
                },
                "rest": {name: [asdict(rest) for rest in r] for name, r in bench.rests.items()},
                "broker": [asdict(limit) for limit in bench.limits],
            },
            indent=1,
        )
    )
    print("\n".join(f"{name}: {fact}" for name, fact in facts.items()))
    print(f"\n{bench.runs} alternated runs of {asked.seconds:g} s: median (lowest-highest)\n")
    print(table.load_table(bench.loads), table.rest_table(bench.rests), sep="\n\n")
    if bench.limits:
        print("", table.limit_line(bench.limits), sep="\n")
    print("", table.targets(bench.loads, bench.rests), sep="\n")
    print(f"\nEvery figure of every run: {asked.json}")
    for one in wrong:
        print(f"WRONG: {one}")
    sys.exit(bool(wrong))


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; runs and seconds may come from the environment too."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    environ = os.environ.get
    parser.add_argument("--runs", type=int, default=int(environ("BENCH_RUNS", "5")))
    parser.add_argument("--seconds", type=float, default=float(environ("BENCH_SECONDS", "5")))
    parser.add_argument("--minutes", type=float, default=20, help="begin no run that ends later")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32, 128])
    parser.add_argument("--only", choices=CONTENDERS, nargs="+", default=list(CONTENDERS))
    parser.add_argument("--json", type=Path, default=Path("bench-result.json"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
