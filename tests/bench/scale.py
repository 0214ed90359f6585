"""At scale: `make bench-scale`, or `python -m tests.bench.scale --help`.

100,000 answers over 300 schools in tenths: what an answer costs, and the memory of each process,
should be the same in the last tenths as in the first. The machine's speed changes from one tenth to
the next: medians of three are compared, of what an answer costs by what it costs the gateway, which
stores nothing and so does the same for each. A campaign with 50,000 answers is closed, a
file of 5,000 paper slips is imported. The dashboard's calls are timed at 60 and at 300 schools.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from deploy.local import processes
from deploy.local.play.api import Json
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.bench import machine
from tests.bench.crowd import send_crowd
from tests.bench.measuring import wait
from tests.bench.paper import fill_workbook
from tests.bench.progress import Progress
from tests.bench.reading import ask_all
from tests.bench.subject import PERIOD, Subject, forms_of, open_campaigns
from tests.bench.table import grid
from tests.bench.usage import Usage, since, usage
from tests.support.servers import extra, make_broker, make_durable_postgres
from tests.support.system import System, unchecked_system

CLIENTS = 32
PATIENCE = 300.0
TENTHS = 10


@dataclass(frozen=True)
class Tenth:
    """What a tenth of the answers took, their effects included.

    `seconds` of the clock, `cpu` in processor ms per answer by process, `mib` memory.
    """

    answers: int
    seconds: float
    cpu: dict[str, float]
    mib: dict[str, float]


class Scale:
    """The servers, and what was measured on them so far."""

    def __init__(self, postgres: PostgreSQL, broker: RabbitMQ, asked: argparse.Namespace) -> None:
        self._postgres = postgres
        self._broker = broker
        self._asked = asked
        self._progress = Progress(2 * len(asked.schools) + TENTHS + 4)
        self.result: dict[str, Any] = {"reading": {}, "tenths": []}

    def run(self) -> None:
        """Time the calls at each number of schools; load, close and import at the last."""
        for schools in self._asked.schools:
            self._progress.begin(f"{schools} schools")
            with (
                tempfile.TemporaryDirectory() as folder,
                unchecked_system(
                    self._postgres, self._broker, Path(folder), patience=PATIENCE
                ) as system,
            ):
                campaigns = open_campaigns(system, schools)
                self._progress.begin(f"{schools} schools: the dashboard's calls")
                self.result["reading"][schools] = [asdict(one) for one in ask_all(system)]
                if schools == self._asked.schools[-1]:
                    self._load(Subject(system, campaigns))
                    self._close(system, campaigns[0])
                    self._import(system, campaigns[1])
        self._progress.end()

    def _load(self, subject: Subject) -> None:
        share = self._asked.answers // TENTHS
        self._progress.begin("the first answers, which are not counted")
        self._answer(subject, share // 4)
        for tenth in range(TENTHS):
            self._progress.begin(f"answers, tenth {tenth + 1}")
            before, began = self._usage(subject.system), time.monotonic()
            self._answer(subject, share)
            after = self._usage(subject.system)
            cpu = {name: 1000 * used / share for name, used in since(before, after).items()}
            mib = {name: one.mib for name, one in after.items()}
            self.result["tenths"].append(asdict(Tenth(share, time.monotonic() - began, cpu, mib)))

    def _answer(self, subject: Subject, answers: int) -> None:
        """Let a crowd answer, and wait until reports has counted everything."""
        goal = subject.counted_by_reports() + answers
        tally = send_crowd(subject.url, subject.sheets, CLIENTS, answers=answers)
        if tally.accepted != answers or any(tally.errors.values()):
            raise RuntimeError(f"{tally.accepted} of {answers} accepted, {tally.errors}")
        if wait(lambda: subject.counted_by_reports() >= goal, PATIENCE, glance=0.2) is None:
            raise RuntimeError(f"reports did not count {goal} answers")

    def _close(self, system: System, campaign: Json) -> None:
        """Fill one campaign and close it; waits until the results can be read in reports."""
        self._progress.begin(f"{self._asked.closing} answers to one campaign")
        self._answer(Subject(system, [campaign]), self._asked.closing)
        self._progress.begin("closing it")
        with system.operator() as operator:
            began = time.monotonic()
            path = f"/campaigns/{campaign['campaign_id']}/close"
            closed = operator.post(path, {"reason": "Đo hiệu năng"})
            told = time.monotonic() - began

            def known() -> bool:
                rows = operator.get("/overview", period=PERIOD)["schools"]
                row = next(row for row in rows if row["school"] == campaign["school"])
                return bool(row[campaign["form"]]["state"] == "closed")

            if wait(known, PATIENCE) is None:
                raise RuntimeError("reports did not learn of the closing")
        self.result["closing"] = {
            "answers": closed["responses"],
            "seconds": told,
            "seconds until reports knows": time.monotonic() - began,
        }

    def _import(self, system: System, campaign: Json) -> None:
        """Send a file of paper slips to one campaign; waits until every row is stored."""
        [form] = forms_of(system, [campaign]).values()
        file = fill_workbook(form, self._asked.rows)
        self._progress.begin(f"a file of {self._asked.rows} paper slips")
        with system.operator() as operator:
            began = time.monotonic()
            path = f"/campaigns/{campaign['campaign_id']}/imports"
            content = b64encode(file).decode()
            batch = operator.post(path, {"file_name": "phieu.xlsx", "content": content})
            accepted = time.monotonic() - began

            def ended() -> bool:
                batch.update(operator.get(f"/batches/{batch['batch_id']}"))
                return bool(batch["state"] != "storing")

            if wait(ended, PATIENCE) is None or batch["state"] != "stored":
                raise RuntimeError(f"the import did not end well: {batch}")
        if batch["answers"] != self._asked.rows:
            raise RuntimeError(f"{batch['answers']} of {self._asked.rows} rows are stored")
        self.result["import"] = {
            "rows": batch["answers"],
            "KiB": len(file) / 1024,
            "seconds until it is accepted": accepted,
            "seconds until it is stored": time.monotonic() - began,
        }

    def _usage(self, system: System) -> dict[str, Usage]:
        found = {name: usage([process.pid]) for name, process in system.processes.items()}
        servers = {"postgres": self._postgres, "rabbitmq": self._broker}
        return found | {n: usage(processes.marked(s.mark)) for n, s in servers.items()}


def show(result: dict[str, Any]) -> str:
    """Return the tables for people."""
    tenths = result["tenths"]
    names = list(tenths[0]["cpu"])
    cost = [["processor ms per answer", "all", *names, "seconds"]]
    memory = [["MiB", *names]]
    for number, one in enumerate(tenths, 1):
        cpu = [f"{one['cpu'][name]:.3f}" for name in names]
        total = f"{sum(one['cpu'].values()):.3f}"
        cost.append([f"tenth {number}", total, *cpu, f"{one['seconds']:.1f}"])
        memory.append([f"tenth {number}", *(f"{one['mib'][name]:.0f}" for name in names)])
    costs = [sum(one["cpu"].values()) for one in tenths]
    steady = [sum(one["cpu"].values()) / one["cpu"]["gateway"] for one in tenths]
    growth = (
        "last three tenths ÷ first three, medians, of what an answer costs in all by what it costs "
        f"the gateway: {_growth(steady):.3f} (wanted 0.9 to 1.1); as it is: {_growth(costs):.3f}"
    )
    schools = list(result["reading"])
    reading = [["GET", *(f"{n} schools: p50, p95 ms, KiB" for n in schools)]]
    for calls in zip(*result["reading"].values(), strict=True):
        figures = [f"{c['p50']:.0f}, {c['p95']:.0f}, {c['kib']:.0f}" for c in calls]
        reading.append([calls[0]["route"], *figures])
    return "\n\n".join(
        [
            grid(cost),
            growth,
            grid(memory),
            *(
                f"{done}: " + ", ".join(f"{k} {v:,.2f}" for k, v in result[done].items())
                for done in ("closing", "import")
            ),
            grid(reading),
        ]
    )


def _growth(costs: Sequence[float]) -> float:
    """Return the median of the last three tenths by that of the first three."""
    return median(costs[-3:]) / median(costs[:3])


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--schools", type=int, nargs="+", default=[60, 300])
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--closing", type=int, default=50_000)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--json", type=Path, default=Path("bench-scale-result.json"))
    asked = parser.parse_args()
    # Whoever ends us early leaves no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        postgres = stack.enter_context(extra("postgres", make_durable_postgres))
        broker = stack.enter_context(extra("rabbitmq", make_broker))
        facts = machine.facts(postgres, broker, postgres.home.parent)
        scale = Scale(postgres, broker, asked)
        scale.run()
    asked.json.write_text(json.dumps({"machine": facts} | scale.result, indent=1))
    sys.stdout.write(f"{show(scale.result)}\n\nEvery figure: {asked.json}\n")


if __name__ == "__main__":
    main()
