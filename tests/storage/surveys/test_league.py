"""Closed campaigns over all schools of a real database."""

import pytest

from contracts.problems import Problem
from contracts.rpc.league import GetLeague
from surveys.application import league
from tests.storage.surveys.closed import (
    Q4_2023,
    SCHOOL,
    answer,
    call,
    care,
    care_campaign,
    finish,
    register,
)
from tests.storage.surveys.conftest import Room
from tests.support.surveys import Q1_2024


def test_the_district_sees_places_totals_and_the_trend(room: Room) -> None:
    register(room, SCHOOL, "con-thuyen-la", "dam-may-tim", "ngoai-quan")
    for school, crowd, period in (
        (SCHOOL, [5] * 38 + [2] * 2, Q1_2024),
        ("con-thuyen-la", [4] * 27 + [1] * 9, Q1_2024),
        ("dam-may-tim", [5] * 4, Q1_2024),
        ("ngoai-quan", [1] * 50, Q1_2024),
        (SCHOOL, [5] * 8 + [2] * 2, Q4_2023),
    ):
        made = care_campaign(room, school=school, period=period, handed_out=100)
        answer(room, made, [care(level) for level in crowd])
        finish(room, made)
    with room.units.for_call(call()) as work:
        told = league.get_league(work, GetLeague(form="care"))
    assert [(one.school, one.place, one.enough) for one in told.rows] == [
        (SCHOOL, 1, True),
        ("con-thuyen-la", 2, True),
        ("dam-may-tim", None, False),
    ]
    assert told.rows[2].standing.rate is None
    assert told.rate is not None
    assert (told.rate.satisfied, told.rate.valid) == (65, 76), "of those that are shown"
    assert (told.campaigns, told.left_out, told.responses) == (3, 1, 80)
    assert told.response_percent == pytest.approx(80 / 3)
    assert [(one.code, one.schools) for one in told.groups] == [("access", 2), ("overall", 2)]
    assert [(one.period.key, one.rate and one.rate.valid) for one in told.trend] == [
        ("2023-q4", 10),
        ("2024-q1", 76),
    ]
    with room.units.for_call(call()) as work:
        earlier = league.get_league(work, GetLeague(form="care", period="2023-q4"))
        assert earlier.rate is not None
        assert earlier.rate.percent == 80
        with pytest.raises(Problem, match=r"surveys\.unknown_period"):
            league.get_league(work, GetLeague(form="care", period="1999-q1"))
        assert league.get_league(work, GetLeague(form="tthc")).rows == ()
