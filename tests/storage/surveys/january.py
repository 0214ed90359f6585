"""A school in January, whose first quarter is planned, and the district that has its say."""

from typing import Any
from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc.base import Actor, Call
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.conftest import Clock, Room
from tests.storage.surveys.test_calendar import at, hear, listed, tick
from tests.support.schools import SCHOOL, registered

OFFICER = Actor(
    role="district_officer", account_id=uuid4(), display_name="Cán bộ mẫu", schools=(SCHOOL,)
)
STRANGER = OFFICER.model_copy(update={"schools": ("truong-khac",)})


def plan_first_quarter(room: Room, clock: Clock) -> None:
    """Let the calendar plan the first quarter's campaigns of a school."""
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    tick(room)


def do(room: Room, command: Any, wanted: Any, actor: Actor = OFFICER) -> Any:
    with room.units.for_call(Call(actor=actor, correlation_id=uuid4())) as work:
        return command(work, wanted)


def code(room: Room, command: Any, wanted: Any, actor: Actor = OFFICER) -> str:
    with pytest.raises(Problem) as refused:
        do(room, command, wanted, actor)
    return refused.value.code


def of(room: Room, form: str = "care", index: int = 1) -> Campaign:
    [found] = [c for c in listed(room) if c.form == form and c.period.index == index]
    return found
