"""Campaigns that are answered and closed, for tests of what is told of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from contracts.periods import PeriodRef
from contracts.rpc import results as m
from contracts.rpc.base import SYSTEM, Actor, Call
from surveys.application import results
from surveys.application.closing import close
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.conftest import Room
from tests.support.schools import registered
from tests.support.surveys import submission

SCHOOL = "hoa-cuc-mau"
OFFICER = Actor(role="district_officer", schools=(SCHOOL, "con-thuyen-la", "dam-may-tim"))
HEAD = Actor(role="principal", schools=(SCHOOL,))
TEACHER = Actor(role="teacher", schools=(SCHOOL,))
STRANGER = Actor(role="principal", schools=("con-thuyen-la",))
Q4_2023 = PeriodRef(
    kind="quarter", year=2023, index=4, starts_on=date(2023, 9, 15), ends_on=date(2023, 12, 14)
)
Answers = dict[str, Any]


def call(actor: Actor = OFFICER) -> Call:
    return Call(actor=actor, correlation_id=uuid4())


def answer(
    room: Room,
    made: Campaign,
    answers: Sequence[Answers],
    source: str = "web",
    class_code: str | None = None,
) -> None:
    """Store answers of one source and class, as the ways that come with a class do."""
    sent = [submission(made.slug, answers=one, source=source) for one in answers]
    outcomes = room.submit(*sent)
    assert {one.status for one in outcomes} <= {"stored"}, outcomes
    with room.engine.begin() as connection:
        for one in sent:
            connection.exec_driver_sql(
                "UPDATE responses SET class_code = %(code)s WHERE submission_id = %(id)s",
                {"code": class_code, "id": one.submission_id},
            )


def finish(room: Room, made: Campaign) -> None:
    with room.units.for_system() as work:
        locked = work.campaigns.alone(made.id, SYSTEM)
        assert locked is not None
        close(work, locked, datetime(2024, 3, 15, tzinfo=UTC))


def ask(room: Room, made: Campaign, actor: Actor = OFFICER) -> m.CampaignResults:
    with room.units.for_call(call(actor)) as work:
        return results.get_results(work, m.GetResults(campaign_id=made.id))


def care(level: int, **more: Any) -> Answers:
    return {"Q1": level, "Q2": level, "Q3": level, "Q4": level, "Q23": level} | more


def care_campaign(room: Room, **changed: Any) -> Campaign:
    return room.open_campaign(**({"form": "care"} | changed))


def register(room: Room, *schools: str) -> None:
    with room.units.for_system() as work:
        for school in schools:
            work.schools.learn(registered(school), known_from=date(2020, 1, 1))
