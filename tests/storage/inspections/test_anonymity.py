"""What an anonymous act leads to is kept by its day alone, and what staff do with its time."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from chassis.clock import VIETNAM
from contracts.rpc import petitions as p
from contracts.rpc.base import PARENT
from inspections.application import petitions
from tests.storage.inspections.conftest import Clock, Room
from tests.support.inspections import HEAD, campaign_closed, demand
from tests.support.schools import SCHOOL

DAY = date(2024, 3, 4)
MIDNIGHT = datetime(2024, 3, 4, tzinfo=VIETNAM)
KEPT = {
    "events": "occurred_at",
    "inspection_triggers": "occurred_at",
    "inspection_steps": "at",
    "evaluations": "evaluated_at",
    "audit_entries": "happened_at",
}


def moments(room: Room) -> set[datetime]:
    """Return every moment that was kept, the real clock's apart."""
    with room.engine.connect() as connection:
        return {
            row[0]
            for table, column in KEPT.items()
            for row in connection.exec_driver_sql(f"SELECT {column} FROM {table}")  # noqa: S608
        }


def petition(room: Room) -> None:
    wanted = p.SubmitPetition(
        submission_id=uuid4(), school=SCHOOL, kind="petition", about_procedures=True, text="Thí dụ"
    )
    room.ask(petitions.submit_petition, wanted, PARENT)


def test_what_follows_from_a_day_is_kept_by_its_day(room: Room) -> None:
    room.happen(demand(), at=MIDNIGHT)
    room.happen(demand(), at=MIDNIGHT)
    room.happen(campaign_closed(), at=MIDNIGHT)
    assert moments(room) == {MIDNIGHT}


def test_a_public_petition_is_kept_by_its_day(room: Room) -> None:
    petition(room)
    assert room.number("SELECT count(*) FROM audit_entries") == 1
    assert moments(room) == {MIDNIGHT}


def test_what_follows_from_staff_keeps_its_time(room: Room, clock: Clock) -> None:
    room.happen(campaign_closed())
    assert moments(room) == {clock.now}


def test_what_staff_did_keeps_its_time(room: Room, clock: Clock) -> None:
    room.happen(demand(), at=MIDNIGHT)
    (one,) = room.listed()
    history = room.order(one).history
    assert [(step.step, step.on, step.at) for step in history] == [
        ("proposed", DAY, None),
        ("ordered", DAY, clock.now),
    ]


def test_an_order_does_not_part_the_answers_of_its_day(room: Room, clock: Clock) -> None:
    room.happen(demand(), at=MIDNIGHT)
    (one,) = room.listed()
    room.order(one)
    clock.now += timedelta(hours=1)
    room.happen(demand(), at=MIDNIGHT)
    steps = [step.step for step in room.detail(one, HEAD).history]
    assert steps == ["proposed", "attached", "ordered"]


def test_the_proposal_comes_first(room: Room) -> None:
    given = {"submission_id": uuid4(), "school": SCHOOL, "kind": "petition", "text": "Thí dụ"}
    told = p.ReceivePetition(**given, about_procedures=True)
    room.ask(petitions.receive_petition, told)
    petition(room)
    (one,) = room.listed()
    assert [step.step for step in room.detail(one).history] == ["proposed", "attached"]


def test_judgements_of_a_day_stand_in_no_order_of_time(room: Room) -> None:
    for _ in range(6):
        room.happen(demand(), at=MIDNIGHT)
    ids = [str(one.evaluation_id) for one in room.evaluations()]
    assert ids == sorted(ids)
