"""A closed campaign over a real database: part by part, beside the one before, worth a look."""

from datetime import UTC, date, datetime

import pytest

from contracts.problems import Problem
from contracts.rpc import results as m
from surveys.application import results
from tests.storage.surveys.closed import (
    Q4_2023,
    STRANGER,
    TEACHER,
    answer,
    ask,
    call,
    care,
    care_campaign,
    finish,
)
from tests.storage.surveys.conftest import Clock, Room


def test_a_campaign_is_told_by_source_and_class(room: Room) -> None:
    made = care_campaign(room)
    answer(room, made, [care(5)] * 10 + [care(2)] * 2, class_code="lá 1")
    answer(room, made, [care(4, Q24=80)] * 11, "paper", "lá 2")
    answer(room, made, [care(3, Q24=60)] * 6, class_code="mầm")
    answer(room, made, [care(4)] * 5)
    assert ask(room, made).results is None
    assert ask(room, made).breakdowns == ()
    finish(room, made)
    told = ask(room, made)
    assert told.results is not None
    assert told.expectation == (11 * 80 + 6 * 60) / 17
    by_source, by_class = told.breakdowns
    assert [(one.name, one.asked) for one in by_source.parts] == [("paper", 11), ("web", 23)]
    rates = {one.name: one.items[-1].rate for one in by_source.parts}
    assert {name: (r.satisfied, r.valid) for name, r in rates.items() if r} == {
        "paper": (11, 11),
        "web": (15, 23),
    }
    assert [(one.name, one.pooled, one.asked) for one in by_class.parts] == [
        ("lá 1", 0, 12),
        ("lá 2", 0, 11),
        (None, 2, 11),
    ]
    groups = {one.code: one.valid for one in by_class.parts[0].groups}
    assert groups == {"access": 48, "overall": 12}
    items = {one.code for one in by_class.parts[0].items}
    assert items == {"Q1", "Q2", "Q3", "Q4", "Q23"}, "nobody of lá 1 gave a share of expectation"
    assert [one.by for one in ask(room, made, TEACHER).breakdowns] == ["source"]
    with pytest.raises(Problem, match=r"resource\.not_found"):
        ask(room, made, STRANGER)


def test_the_period_before_is_compared(room: Room) -> None:
    before = care_campaign(room, period=Q4_2023)
    answer(room, before, [care(5)] * 8 + [care(2)] * 2)
    finish(room, before)
    made = care_campaign(room)
    answer(room, made, [care(5, Q5=5)] * 9 + [care(2, Q5=5)])
    finish(room, made)
    compared = ask(room, made).comparison
    assert compared is not None
    assert (compared.campaign_id, compared.period.key) == (before.id, "2023-q4")
    assert compared.overall is not None
    assert compared.overall.points == pytest.approx(10)
    assert {one.code for one in compared.items} == {"Q1", "Q2", "Q3", "Q4", "Q23"}
    assert {one.code for one in compared.groups} == {"access", "overall"}
    assert ask(room, before).comparison is None


def test_signals_come_from_a_closed_campaign(room: Room, clock: Clock) -> None:
    made = care_campaign(room)
    for day in range(5, 10):
        clock.now = datetime(2024, 3, day, 3, tzinfo=UTC)
        answer(room, made, [care(5)] * (30 if day == 9 else 5))
    answer(room, made, [care(2)] * 5 + [care(5)] * 5, "paper")
    with room.units.for_call(call()) as work:
        wanted = m.GetSignals(campaign_id=made.id)
        assert results.get_signals(work, wanted).items == ()
    finish(room, made)
    with room.units.for_call(call()) as work:
        seen = {one.kind: one for one in results.get_signals(work, wanted).items}
    assert (seen["identical"].number, seen["identical"].raised) == (55, True)
    assert (seen["burst"].day, seen["burst"].number, seen["burst"].raised) == (
        date(2024, 3, 9),
        40,
        True,
    )
    assert seen["paper_gap"].points == pytest.approx(-50)
