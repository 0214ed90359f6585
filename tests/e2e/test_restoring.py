"""`make backup`, `make erase`, `make restore`: the same figures, and no reaction is lost."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from deploy.local.play.api import Api, Json, login
from deploy.local.settling import stuck, wait_settled
from deploy.local.supervision import Supervisor
from tests.support.campaign import HEAD, SCHOOL, open_campaign
from tests.support.clones import Clone
from tests.support.eventually import eventually
from tests.support.system import PASSWORD, SERVICES

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.timeout(1200)]

REACTING = ("inspections", "reports")


@dataclass
class Stack:
    """A clone's running stack, as its operator and its head see it."""

    clone: Clone

    @property
    def url(self) -> str:
        """The gateway's address."""
        return f"http://127.0.0.1:{self.clone.ports()['gateway']}"

    @property
    def databases(self) -> dict[str, str]:
        """Each service's database."""
        secrets = json.loads((self.clone.folder / "passwords.json").read_text())
        port = self.clone.ports()["sql"]
        return {
            name: f"postgresql://{name}:{secrets[f'database {name}']}@127.0.0.1:{port}/{name}"
            for name in SERVICES
        }

    def command(self, *arguments: str) -> str:
        """Run `python -m deploy.local …`; it has to succeed."""
        with self.clone.begin(*arguments) as process:
            output = process.communicate()[0]
        assert process.returncode == 0, output
        return output

    def operator(self) -> Api:
        """Log the operator in, whose first password is changed on the first day."""
        first = json.loads((self.clone.folder / "passwords.json").read_text())["operator"]
        with Api(self.url, login(self.url, "vanhanh", first)) as newcomer:
            newcomer.post("/me/password", {"old": first, "new": PASSWORD})
        return Api(self.url, login(self.url, "vanhanh", PASSWORD))

    def supervise(self, verb: str, *names: str) -> None:
        """Start or stop single processes."""
        for name in names:
            Supervisor(self.clone.folder / "supervisor")._call(f"{verb}Process", name)

    def number(self, service: str, sql: str) -> int:
        """Ask a database for one number."""
        with psycopg.connect(self.databases[service]) as connection:
            row = connection.execute(sql.encode()).fetchone()
        assert row is not None
        return int(row[0])

    def figures(self) -> Any:
        """Everything that managers see of the school, without ids that reactions make."""
        with Api(self.url, login(self.url, HEAD, PASSWORD)) as head:
            inspections = [
                {name: one[name] for name in ("school", "rule", "state")}
                for one in head.items("/inspections")
            ]
            obligations = [
                {name: one[name] for name in ("kind", "due_on", "state", "submitted_on")}
                for one in head.items("/obligations")
            ]
            return {
                "campaigns": head.items("/campaigns"),
                "inspections": inspections,
                "obligations": sorted(obligations, key=str),
                "figures": head.get(f"/schools/{SCHOOL}/figures"),
            }


@pytest.fixture
def stack(neighbour: Clone) -> Stack:
    """The neighbour of the main job, which the tests of that have started already."""
    return Stack(neighbour)


def answer(stack: Stack, slug: str, **more: Json) -> None:
    body = {"submission_id": str(uuid4()), "answers": {"P": "no"}} | more
    done = httpx.post(f"{stack.url}/api/v1/public/campaigns/{slug}/responses", json=body)
    assert done.status_code == 201, done.text


def test_a_restored_stack_shows_the_same_and_loses_no_reaction(
    stack: Stack, tmp_path: Path
) -> None:
    stack.command("run", "--no-play")
    with stack.operator() as operator:
        slug = open_campaign(operator.url, operator)
        wait_settled(stack.databases)
        stack.supervise("stop", *REACTING)
        for _ in range(5):
            answer(stack, slug)
        answer(stack, slug, demand={"what": "Tình huống thí dụ."})
        operator.post(
            "/schools",
            {
                "code": "thi-du-hai",
                "title": "Trường Hai",
                "level": "primary",
                "opened_on": "2015-09-05",
                "parents": {"administrative": "quan"},
            },
        )
    eventually(lambda: stack.number("surveys", "SELECT count(*) FROM outbox") == 0)
    assert stack.number("inspections", "SELECT count(*) FROM inspections") == 0

    archive = tmp_path / "kept.tar"
    assert "rows" in stack.command("backup", str(archive))
    assert "is running" in stack.clone.run("restore", str(archive), status=1)

    stack.supervise("start", *REACTING)
    wait_settled(stack.databases)
    before = eventually(lambda: seen(stack), timeout=60)
    stack.command("erase")
    assert stack.clone.processes() == []

    said = stack.command("restore", str(archive))
    assert "everything has arrived" in said
    assert "not done" not in said
    assert eventually(lambda: seen(stack), timeout=60) == before
    assert stuck(stack.databases) == {}
    responses = "SELECT count(*) FROM events WHERE type = 'surveys.response_submitted'"
    assert stack.number("surveys", responses) == 6


def seen(stack: Stack) -> Any:
    """The figures, once the demand's inspection stands and the answers are counted."""
    figures = stack.figures()
    [inspection] = figures["inspections"]
    assert (inspection["school"], inspection["state"]) == (SCHOOL, "proposed")
    assert any(one["responses"] == 6 for one in figures["campaigns"])
    return figures
