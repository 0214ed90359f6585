"""An inspection takes legal paths only, whatever people and the clock try."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.inspections import HandledAt
from contracts.problems import Problem
from inspections.domain.inspection import Inspection
from tests.support.inspections import inspection

Act = Literal["order", "dismiss", "escalate", "complete"]
SIDES: tuple[HandledAt, ...] = ("school", "superior")
LEGAL = {
    ("proposed", "ordered"),
    ("proposed", "dismissed"),
    ("proposed", "escalated"),
    ("escalated", "ordered"),
    ("escalated", "dismissed"),
    ("ordered", "completed"),
}
acts = st.tuples(
    st.sampled_from(("order", "dismiss", "escalate", "complete")), st.sampled_from(SIDES)
)


def take(one: Inspection, act: Act, side: HandledAt, today: date) -> Inspection:
    match act:
        case "order":
            return one.order(side, today, "05/QĐ")
        case "dismiss":
            return one.dismiss(side, today, "Không có căn cứ")
        case "escalate":
            return one.escalate(today)
        case "complete":
            return one.complete(side, today, 1)


@given(st.sampled_from(SIDES), st.lists(acts, max_size=12))
def test_no_path_is_illegal(handled_at: HandledAt, tries: list[tuple[Act, HandledAt]]) -> None:
    one = inspection(handled_at=handled_at)
    for day, (act, side) in enumerate(tries):
        today = one.due_from + timedelta(days=day)
        try:
            after = take(one, act, side, today)
        except Problem:
            continue
        assert (one.state, after.state) in LEGAL
        assert after.version == one.version + 1
        if act != "escalate":
            in_charge = one.handled_at if one.escalated_on is None else {"school", "superior"}
            assert side in in_charge
            assert (one.handled_at, side) != ("superior", "school")
        one = after
    assert (one.state == "completed") == (one.completed_on is not None)
    assert (one.state == "dismissed") == (one.dismissed_on is not None and one.reason is not None)
    assert one.completed_on is None or one.ordered_on is not None


@given(st.sampled_from(("completed", "dismissed")), acts)
def test_what_has_ended_stays_ended(state: str, act: tuple[Act, HandledAt]) -> None:
    ended = inspection(state=state)
    with pytest.raises(Problem) as refused:
        take(ended, *act, date(2024, 3, 6))
    assert refused.value.code == "inspections.wrong_state"


def test_the_head_decides_until_the_day_is_over() -> None:
    proposed = inspection()
    with pytest.raises(Problem) as refused:
        proposed.order("superior", date(2024, 3, 5), None)
    assert refused.value.code == "inspections.head_decides"
    assert refused.value.params == {"due_on": "2024-03-05"}
    escalated = proposed.escalate(date(2024, 3, 6))
    assert escalated.order("superior", date(2024, 3, 6), None).state == "ordered"
    assert escalated.order("school", date(2024, 3, 6), None).state == "ordered"


def test_once_escalated_only_the_level_above_refuses() -> None:
    escalated = inspection().escalate(date(2024, 3, 6))
    with pytest.raises(Problem) as refused:
        escalated.dismiss("school", date(2024, 3, 6), "Thôi")
    assert refused.value.code == "inspections.superior_decides"
    assert escalated.dismiss("superior", date(2024, 3, 6), "Trùng").state == "dismissed"


def test_what_concerns_the_head_is_not_there_for_the_school() -> None:
    about_head = inspection(handled_at="superior")
    with pytest.raises(Problem) as refused:
        about_head.order("school", date(2024, 3, 5), None)
    assert refused.value.code == "resource.not_found"
    ordered = about_head.order("superior", date(2024, 3, 5), None)
    assert ordered == replace(about_head, state="ordered", ordered_on=date(2024, 3, 5), version=2)
