"""A command that is sent twice takes effect once: its key is claimed in its own transaction."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Event
from uuid import UUID, uuid4

import pytest

from contracts.events.directory import SchoolRegistered
from contracts.problems import Problem
from contracts.rpc.base import Actor, Call
from contracts.rpc.surveys import CreateCampaign
from surveys.application.campaigns import create_campaign
from tests.storage.surveys.conftest import Room
from tests.storage.surveys.test_calendar import hear
from tests.support.eventually import eventually
from tests.support.schools import registered

PARALLEL = 8
REPEATED = "request.repeated"
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND wait_event_type = 'Lock' AND query LIKE %(q)s"
)


@dataclass(frozen=True)
class Officer:
    """Somebody who plans campaigns, each command with the key that it is given."""

    room: Room
    school: SchoolRegistered
    account: UUID

    def call(self, key: UUID | None) -> Call:
        actor = Actor(
            role="district_officer", account_id=self.account, schools=(self.school.school,)
        )
        return Call(actor=actor, correlation_id=uuid4(), command_id=key)

    def wanted(self, **changed: object) -> CreateCampaign:
        given = {
            "school": self.school.school,
            "form": "care",
            "opens_on": "2024-03-06",
            "closes_on": "2024-03-12",
            "legal_basis": "Kế hoạch số 513/KH-GDĐT",
        }
        return CreateCampaign.model_validate(given | changed)

    def plan(self, key: UUID | None, **changed: object) -> str:
        """Plan a campaign; returns "done" or the code of the problem."""
        try:
            with self.room.units.for_call(self.call(key)) as work:
                create_campaign(work, self.wanted(**changed))
        except Problem as problem:
            return problem.code
        return "done"

    def stored(self) -> tuple[object, ...]:
        """Campaigns, audit rows and keys that there are."""
        (numbers,) = self.room.numbers(
            "SELECT (SELECT count(*) FROM campaigns), (SELECT count(*) FROM audit_entries),"
            " (SELECT count(*) FROM commands)"
        )
        return numbers


@pytest.fixture
def officer(room: Room) -> Officer:
    school = registered()
    hear(room, school)
    return Officer(room, school, uuid4())


def test_the_same_key_again_is_refused_and_changes_nothing(officer: Officer) -> None:
    key = uuid4()
    assert officer.plan(key) == "done"
    assert officer.plan(key) == REPEATED
    assert officer.plan(key, form="tthc") == REPEATED, "a key belongs to one command"
    assert officer.stored() == (1, 1, 1)
    assert officer.plan(uuid4()) == "done"
    assert officer.stored() == (2, 2, 2)


def test_without_a_key_each_command_is_a_new_one(officer: Officer) -> None:
    assert [officer.plan(None), officer.plan(None)] == ["done", "done"]
    assert officer.stored() == (2, 2, 0)


def test_a_key_is_its_account_s(officer: Officer, room: Room) -> None:
    key = uuid4()
    other = Officer(room, officer.school, uuid4())
    assert [officer.plan(key), other.plan(key)] == ["done", "done"]


def test_a_command_that_was_refused_can_be_tried_again(officer: Officer) -> None:
    key = uuid4()
    assert officer.plan(key, closes_on="2023-01-01") == "surveys.wrong_dates"
    assert officer.stored() == (0, 0, 0)
    assert officer.plan(key) == "done"


def test_of_many_at_the_same_moment_one_takes_effect(officer: Officer) -> None:
    key, start = uuid4(), Barrier(PARALLEL)

    def go(_: int) -> str:
        start.wait(30)
        return officer.plan(key)

    with ThreadPoolExecutor(PARALLEL) as pool:
        outcomes = list(pool.map(go, range(PARALLEL)))
    assert sorted(outcomes) == ["done"] + [REPEATED] * (PARALLEL - 1)
    assert officer.stored() == (1, 1, 1)


@pytest.mark.parametrize(("fails", "second"), [(False, REPEATED), (True, "done")])
def test_the_second_waits_for_the_first(
    officer: Officer, room: Room, *, fails: bool, second: str
) -> None:
    key, under_way, go_on = uuid4(), Event(), Event()

    def first() -> None:
        with room.units.for_call(officer.call(key)) as work:
            create_campaign(work, officer.wanted())
            under_way.set()
            assert go_on.wait(30)
            if fails:
                raise Problem("resource.conflict")

    def waits() -> bool:
        ((waiting,),) = room.numbers(WAITING, q="INSERT INTO commands%")
        return waiting == 1

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(first)
        assert under_way.wait(30)
        two = pool.submit(officer.plan, key)
        eventually(waits, timeout=30, message="the second waits for the first")
        go_on.set()
        assert two.result(30) == second
        assert (one.exception(30) is not None) == fails
    assert officer.stored() == (1, 1, 1)
