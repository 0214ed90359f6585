"""The main job on a whole system: a full disk, busy ports, a kill half-way, a neighbour.

One clone lives through all of it, in the order of the tests, as a user's clone would.
"""

import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg
import pytest

from deploy.local.folder import REPOSITORY
from deploy.local.parts import DASHBOARD, GATEWAY, PARTS, SERVICES
from deploy.local.passwords import Passwords
from deploy.local.play import sample
from deploy.local.play.api import Api, login
from deploy.local.postgres import Database
from tests.support.clones import Clone, cloned, output_of, read_until
from tests.support.disk import NoDiskError, disk, kept_full
from tests.support.handbook import Page
from tests.support.queues import damage

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.timeout(900)]

STRANGE_PATH = "Trường học/kịp thời"
BUSY = (GATEWAY, DASHBOARD, SERVICES[0])
FORMS = ("tthc", "care")
IN_THE_MIDDLE = "200 of 1140 answers received"
DISTRICT = sample.read_district()
ROWS = (
    r"Trường Mầm non Hoa Hồng \(mẫu\) +160 +137/140 +97\.9 % +target met",
    r"Trường Mầm non Cầu Vồng Giấy \(thí dụ\) +171 +140/145 +96\.6 % +target met",
    r"Trường Mầm non Đám Mây Tím \(thí dụ\) +150 +118/135 +87\.4 % +below target",
    r"Trường Tiểu học Con Thuyền Lá \(thí dụ\) +180 +144/150 +96\.0 % +target met",
    r"cau-vong-giay +improper-demand +surveys\.improper_demand_reported +completed",
    r"proposed \d+ ms after the answer was accepted",
    r"remedy closed in time; improvement task for dam-may-tim due 2024-\d\d-\d\d",
    r"hoa-hong-mau +2024-03-\d\d +2024-03-\d\d +on time",
    r"cau-vong-giay +2024-03-\d\d +2024-03-\d\d +on time",
    r"dam-may-tim +2024-03-\d\d +2024-03-20 +late +\d+ working days",
    r"con-thuyen-la +2024-03-\d\d +– +overdue",
    r'kipthoi_obligations\{.*school="con-thuyen-la".*state="overdue".*\} 1',
    r'kipthoi_obligations\{.*school="dam-may-tim".*state="submitted_late".*\} 1',
    r"kipthoi_reports_on_time_ratio\{.*\} 0\.5",
    r"vanhanh +operator +– +\S{19}",
    *(rf"{a['username']} +{a['role']} +{a['unit']} +\S{{19}}" for a in DISTRICT["accounts"]),
    r"stop +make stop",
)


README = Page(REPOSITORY / "README.md")
# What the README says that `make run` prints, and what that looks like.
PROMISED = {
    "says each step in a line": r"^· services ready: .+ started",
    "each school's satisfaction rate with its verdict": r"School +Answers .+ Rate +Verdict",
    "the inspection that proposed itself": r"cau-vong-giay +improper-demand +\S+ +completed",
    "how many milliseconds after the parent's answer": r"proposed \d+ ms after the answer",
    "the reports on time, late and overdue": r" on time(.|\n)* late (.|\n)* overdue",
    "the same as Prometheus reads it": r"^ +kipthoi_obligations\{.*state=\"overdue\"\} 1",
    "the accounts with their passwords": r"^ +chuyenvien +district_officer +\S+ +\S{8,}",
    "the addresses": r"^ +dashboard +http://127\.0\.0\.1:\d+",
}


@dataclass
class Told:
    """What a run printed: its rows, and where it says that everything is."""

    output: str
    rows: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find each row once."""
        self.rows = [self.find(row) for row in ROWS]

    def find(self, pattern: str) -> str:
        """The one place where a pattern stands."""
        found = re.findall(rf"^ +{pattern} *$|^ +{pattern}(?= )", self.output, re.MULTILINE)
        assert len(found) == 1, f"{pattern}: {found} in\n{self.output}"
        return str(found[0])

    def link(self, name: str) -> str:
        """The address behind a name."""
        return re.search(rf"^ +{name} +(http\S+?)(,|\s|$)", self.output, re.MULTILINE)[1]  # type: ignore[index]

    @property
    def gateway(self) -> str:
        """The gateway's address."""
        return self.link("API documentation").removesuffix("/docs")

    @property
    def password(self) -> str:
        """The district officer's password."""
        return self.find(r"chuyenvien +district_officer +phong-gddt-quan-7 +\S{19}").split()[-1]


def responses(gateway: str, password: str) -> dict[tuple[str, str], int]:
    """What the interface shows: how many answers each campaign of the quarter received."""
    with Api(gateway, login(gateway, "chuyenvien", password)) as officer:
        campaigns = officer.items("/campaigns", period="2024-q1")
    return {(c["school"], c["form"]): c["responses"] for c in campaigns}


def sent() -> dict[tuple[str, str], int]:
    """How many answers the sample sends to each campaign."""
    answers = DISTRICT["quarter"]["answers"]
    counts = {(school, form): crowd[form] for school, crowd in answers.items() for form in FORMS}
    counts[DISTRICT["quarter"]["demand"]["school"], "tthc"] += 1
    return counts


@pytest.fixture(scope="module")
def small() -> Iterator[Path | None]:
    """A disk that the stack can fill; None where we may not mount one."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(disk("1500m"))
        except NoDiskError:
            folder = None
        yield folder


@pytest.fixture(scope="module")
def clone(small: Path | None) -> Iterator[Clone]:
    with cloned(STRANGE_PATH) as fresh:
        yield Clone(fresh.path, KIPTHOI_RUN_DIR=str(small)) if small else fresh


@pytest.fixture(scope="module")
def busy() -> Iterator[set[int]]:
    """Ports that the stack would like, and somebody else has."""
    with ExitStack() as stack:
        yield occupied(stack)


@pytest.fixture(scope="module")
def met(clone: Clone, small: Path | None, busy: set[int]) -> list[str]:
    """What the first two runs print: the disk becomes full in the play of the first."""
    assert busy
    if small is None:
        return []
    first = clone.begin("run")
    begun = read_until(first, IN_THE_MIDDLE)
    with kept_full(small / "ballast"):
        failed = output_of(first, status=1)
    refused = clone.run("run", status=1)
    (small / "ballast").unlink()
    damage(small / "rabbitmq", "directory.events")  # what a full disk does now and then
    return [begun + failed, refused]


def occupied(stack: ExitStack) -> set[int]:
    """Listen where the gateway, the dashboard and a service want to, unless somebody else does."""
    for part in BUSY:
        taken = stack.enter_context(socket.socket())
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            taken.bind(("127.0.0.1", part.port))
            taken.listen()
    return {part.port for part in BUSY}


def killed_in_the_middle(clone: Clone) -> tuple[str, Callable[[], None]]:
    """Run until some answers are received, then SIGKILL.

    Returns what it printed, and what ends the play that it leaves behind.
    """
    first = clone.make("run")
    output = read_until(first, IN_THE_MIDDLE)
    play = clone.program("deploy.local.play")
    os.kill(play, signal.SIGSTOP)
    os.kill(clone.program("deploy.local"), signal.SIGKILL)

    def end() -> None:
        os.kill(play, signal.SIGKILL)
        first.communicate()

    return output, end


@pytest.fixture(scope="module")
def told(clone: Clone, met: list[str], busy: set[int]) -> Told:
    """A run on busy ports that was killed in the middle of the play, and run again.

    Before it the disk was full, and there is room again.
    """
    assert all(met)
    begun, end_play = killed_in_the_middle(clone)
    second = clone.make("run")
    read_until(second, "another run of this clone is at work; waiting for it")
    end_play()  # until then the second run leaves the clock and the answers to it
    output = begun + output_of(second)
    assert not busy & set(clone.ports().values())
    return Told(output)


def test_a_disk_that_becomes_full_is_told(clone: Clone, met: list[str]) -> None:
    if not met:
        pytest.skip("mounting a file system needs root")
    failed, refused = met
    assert "The main job failed" in failed
    assert f"✗ The disk that holds {clone.folder} became full. Make room there" in failed
    assert "is full" in refused


def test_queues_that_the_full_disk_broke_are_made_anew(met: list[str], told: Told) -> None:
    """Their events are in the figures that the other tests look at."""
    if not met:
        pytest.skip("mounting a file system needs root")
    assert "could not serve what it kept, and begins anew" in told.output
    assert re.search(r"· [1-9]\d* events are sent again", told.output)


def test_what_the_readme_shows_happens(clone: Clone, told: Told) -> None:
    start, proof, *_ = README.commands
    assert (start, proof) == ("make run", "make test")
    for promise, seen in PROMISED.items():
        assert promise in README.text
        assert re.search(seen, told.output, re.MULTILINE), promise
    assert {"make stop", "make erase", "make help"} <= set(README.spans)
    assert "make erase" in clone.made("help")
    assert (clone.path / ".run").resolve() == clone.folder


def test_killed_half_way_on_busy_ports_it_ends_as_it_should(clone: Clone, told: Told) -> None:
    ports = clone.ports()
    assert told.gateway == f"http://127.0.0.1:{ports['gateway']}"
    assert told.link("dashboard") == f"http://127.0.0.1:{ports['dashboard']}"
    assert f"http://127.0.0.1:{ports['directory']}/metrics" in told.output
    assert responses(told.gateway, told.password) == sent(), (
        "no answer is lost, none is counted twice"
    )


def test_its_links_lead_somewhere(clone: Clone, told: Told) -> None:
    with httpx.Client(follow_redirects=True, timeout=60) as ask:
        for link in ("dashboard", "API documentation", "metrics"):
            assert ask.get(told.link(link)).is_success, link
        for form in re.findall(r"closed +(http\S+/k/\S+)", told.output):
            assert "Trường" in ask.get(form).text
        broker = told.link("broker")
        password = (clone.folder / "rabbitmq" / "password").read_text()
        assert ask.get(f"{broker}api/whoami", auth=("kipthoi", password)).is_success


def test_run_again_it_tells_the_same(clone: Clone, told: Told) -> None:
    before = clone.lasting()
    again = Told(clone.made("run"))
    assert again.rows == told.rows
    assert "all running already" in again.output
    assert before == clone.lasting()


def test_stopped_and_started_beside_a_neighbour_it_keeps_its_figures(
    clone: Clone, told: Told, neighbour: Clone
) -> None:
    beginning = neighbour.begin("run", "--no-play")
    clone.made("stop")
    assert clone.processes() == []
    begun = output_of(clone.begin("run", "--no-play"))
    assert "answers received" not in begun
    gateway = f"http://127.0.0.1:{clone.ports()['gateway']}"
    assert f"{gateway}/docs" in begun
    assert responses(gateway, told.password) == sent()
    output_of(beginning)
    assert not set(clone.ports().values()) & set(neighbour.ports().values())
    assert responses(gateway, told.password) == sent()


def test_what_is_not_so_any_more_is_said(clone: Clone, told: Told, neighbour: Clone) -> None:
    """The same table, over a system in which the inspection was never carried out."""
    secret = Passwords(clone.folder / "passwords.json").get("database inspections")
    database = Database("inspections", "inspections", secret, clone.ports()["sql"])
    with psycopg.connect(database.url) as connection:
        connection.execute("UPDATE inspections SET state = 'ordered'")
    output = clone.run("run", status=1)
    assert told.rows[0] in output
    assert "The main job failed: the inspection is completed, not ordered" in output
    clone.made("stop")
    assert clone.processes() == []
    for part in PARTS:  # the neighbour's go on
        url = f"http://127.0.0.1:{neighbour.ports()[part.name]}{part.ready}"
        assert httpx.get(url).is_success, part.name
    assert clone.folder.exists()
    clone.made("erase")
    assert not clone.folder.exists() or not list(clone.folder.iterdir()), "a mount stays, empty"
