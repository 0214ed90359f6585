"""Starts a yardstick's processes on a fresh database and virtual host."""

import os
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import psycopg

from contracts.forms import Form
from deploy.local.folder import REPOSITORY
from deploy.local.postgres import Database, PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from surveys.domain.form_files import read_form
from tests.bench.contender import Effects, Reader
from tests.bench.crowd import PYTHON
from tests.bench.load import Sheet
from tests.bench.measuring import wait
from tests.bench.sheets import fill_sheets
from tests.support.eventually import eventually
from tests.support.process import free_port

CAMPAIGNS: Final = 16  # as many as the product has open meanwhile
WARM_UP_ANSWERS: Final = 12
WARM_UP_SECONDS: Final = 10.0
HERE: Final = "tests.bench.yardsticks"


@dataclass(frozen=True)
class Kind:
    """A yardstick: the command of its front, of its other processes, whether events follow."""

    front: Sequence[str]
    others: Sequence[Sequence[str]] = ()
    has_chain: bool = True


UVICORN: Final = ("-m", "uvicorn", "--port", "{port}", "--log-level", "warning", "--no-access-log")
NAMEKO: Final = (str(PYTHON.with_name("nameko")), "run", "--config", "{config}")
KINDS: Final[Mapping[str, Kind]] = {
    "bare": Kind((*UVICORN, f"{HERE}.bare:app"), has_chain=False),
    "faststream": Kind(
        (*UVICORN, f"{HERE}.chain:app"),
        (
            ("-m", f"{HERE}.chain_relay"),
            ("-m", f"{HERE}.chain_consumer", "reports"),
            ("-m", f"{HERE}.chain_consumer", "inspections"),
        ),
    ),
    "nameko": Kind(
        (*NAMEKO, f"{HERE}.plain:Surveys"),
        ((*NAMEKO, f"{HERE}.plain:Reports"), (*NAMEKO, f"{HERE}.plain:Inspections")),
    ),
}
NAMEKO_CONFIG: Final = """\
AMQP_URI: {amqp_url}
WEB_SERVER_ADDRESS: 127.0.0.1:{port}
max_workers: 32
"""


class Yardstick:
    """A running yardstick."""

    def __init__(self, kind: Kind, url: str, database: Database) -> None:
        self.url = url
        self.has_chain = kind.has_chain
        self.sheets: Sequence[Sheet] = fill_sheets(
            {
                f"/campaigns/campaign-{number}/responses": form_of("care" if number % 2 else "tthc")
                for number in range(CAMPAIGNS)
            }
        )
        self._reader = Reader(url)
        self._database = database

    def stored(self) -> int:
        with psycopg.connect(self._database.url) as connection:
            row = connection.execute("SELECT count(*) FROM responses").fetchone()
        assert row is not None
        return int(row[0])

    def reached(self, goal: Effects) -> bool:
        return self.seen().covers(goal)

    def seen(self) -> Effects:
        found = self._reader.get("/effects")
        return Effects(min(found["reports"], found["inspections"]), found["demands"])

    def watch(self, sheet: Sheet) -> Callable[[], bool]:
        goal = self.seen().plus(1, int(sheet.demand))
        return lambda: self.reached(goal)


def form_of(kind: str) -> dict[str, object]:
    """Return a form of the product, as the gateway shows it."""
    text = files("surveys.forms").joinpath(f"{kind}-v1.yaml").read_text(encoding="utf-8")
    form: Form = read_form(text)
    return form.model_dump(mode="json")


@contextmanager
def running_yardstick(
    name: str, postgres: PostgreSQL, broker: RabbitMQ, folder: Path
) -> Iterator[Yardstick]:
    """The yardstick of this name, ready; its processes and data are gone afterwards."""
    kind, port = KINDS[name], free_port()
    with ExitStack() as stack:
        database = postgres.create_database()
        stack.callback(postgres.drop_database, database)
        amqp_url = broker.create_vhost()
        stack.callback(broker.delete_vhost, amqp_url.rpartition("/")[2])
        config = folder / "nameko.yaml"
        config.write_text(NAMEKO_CONFIG.format(amqp_url=amqp_url, port=port))
        environ = {"BENCH_DATABASE_URL": database.url, "AMQP_URL": amqp_url}
        run_once(("-m", f"{HERE}.tables"), environ)
        log = folder / f"{name}.log"
        for command in (*kind.others, kind.front):
            filled = [word.format(port=port, config=config) for word in command]
            stack.enter_context(running(filled, environ, log))
        url = f"http://127.0.0.1:{port}"
        yardstick = Yardstick(kind, url, database)
        try:
            eventually(lambda: answers(url), 120, f"{name} answers")
            warm_up(yardstick)
        except AssertionError as late:
            raise RuntimeError(f"{name} does not work:\n{log.read_text()[-3000:]}") from late
        yield yardstick


def warm_up(yardstick: Yardstick) -> None:
    """Send answers until one goes the whole way, so that every process is known to work.

    What plain nameko tells before its consumers listen is lost.
    """
    reader = Reader(yardstick.url)
    sheet = next(sheet for sheet in yardstick.sheets if sheet.demand)
    for _ in range(WARM_UP_ANSWERS):
        reader.submit(sheet)
        if not yardstick.has_chain or wait(
            lambda: yardstick.reached(Effects(1, 1)), WARM_UP_SECONDS
        ):
            return
    raise AssertionError("no answer has an effect")


def answers(url: str) -> bool:
    """Whether a server is there, whatever it says."""
    try:
        urllib.request.urlopen(f"{url}/", timeout=5).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def run_once(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Run the yardsticks' Python to its end; returns what it printed."""
    done = subprocess.run(  # noqa: S603 - our own modules
        [PYTHON, *arguments],
        env=os.environ | environ,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr[-3000:]}")
    return done.stdout


@contextmanager
def running(
    arguments: Sequence[str], environ: Mapping[str, str], log: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """A process in the yardsticks' Python that is gone afterwards."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own modules
            [PYTHON, *arguments],
            env=os.environ | environ,
            cwd=REPOSITORY,
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
