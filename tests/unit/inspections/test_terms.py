"""Due dates are working days, follow the calendar, and lapse only when their day is over."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.problems import Problem
from contracts.rpc.duty import SeverityTerm
from inspections.domain.finding import Finding
from inspections.domain.matters import days_left
from inspections.domain.remedy import Remedy
from tests.support.inspections import CHECKLIST, inspection
from workdays import Calendar, Override

CALENDAR = Calendar()
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def remedy(day: date, working_days: int, *, explanation_required: bool = False) -> Remedy:
    return Remedy(
        id=uuid4(),
        school="hoa-cuc-mau",
        handled_at="school",
        state="open",
        due_from=day,
        working_days=working_days,
        due_on=CALENDAR.add(day, working_days),
        correlation_id=uuid4(),
        last_event_id=None,
        version=1,
        finding_id=uuid4(),
        inspection_id=uuid4(),
        item="K10",
        kind="refund",
        severity=2,
        description="Hoàn trả",
        explanation_required=explanation_required,
    )


@given(days, st.sampled_from(CHECKLIST.severities))
def test_each_severity_is_due_on_a_working_day(day: date, term: SeverityTerm) -> None:
    one = remedy(day, term.working_days)
    assert CALENDAR.is_working(one.due_on)
    assert days_left(CALENDAR, day, one.due_on) == one.working_days
    assert not one.lapsed(one.due_on)
    assert one.lapsed(one.due_on + timedelta(days=1))


@given(days, st.integers(1, 20), st.integers(1, 40))
def test_a_moved_day_moves_what_waits_and_nothing_else(day: date, term: int, after: int) -> None:
    one = remedy(day, term)
    moved = day + timedelta(days=after)
    was_working = CALENDAR.is_working(moved)
    changed = Calendar({moved: Override("off" if was_working else "work", "QĐ thí dụ")})
    followed = one.follow(changed)
    assert changed.is_working(followed.due_on)
    assert changed.count(day, followed.due_on) == term
    if moved > max(one.due_on, followed.due_on):
        assert followed is one
    if was_working and moved <= one.due_on:
        assert followed.due_on > one.due_on
    if followed is not one:
        assert followed.version == one.version + 1
    closed = one.close(day, "Biên bản", None)
    assert closed.follow(changed) is closed


def test_the_terms_are_those_of_the_plan() -> None:
    assert [(t.severity, t.working_days) for t in CHECKLIST.severities] == [
        (1, 3),
        (2, 10),
        (3, 5),
        (4, 1),
    ]
    assert [t.severity for t in CHECKLIST.severities if t.explanation_required] == [3]
    assert [t.severity for t in CHECKLIST.severities if t.urgent] == [4]
    assert remedy(date(2024, 2, 5), 10).due_on == date(2024, 2, 26), "over Tết 2024"


def test_level_three_closes_with_an_explanation_only() -> None:
    one = remedy(date(2024, 3, 5), 5, explanation_required=True)
    with pytest.raises(Problem) as refused:
        one.close(date(2024, 3, 6), "Ảnh chụp", None)
    assert refused.value.code == "inspections.explanation_required"
    closed = one.close(date(2024, 3, 6), "Ảnh chụp", "Do thay người trực")
    assert (closed.state, closed.explanation) == ("closed", "Do thay người trực")
    with pytest.raises(Problem) as again:
        closed.close(date(2024, 3, 6), "Ảnh chụp", "Do thay người trực")
    assert again.value.code == "inspections.wrong_state"


def test_overdue_comes_once_and_still_closes() -> None:
    overdue = remedy(date(2024, 3, 5), 3).lapse()
    assert not overdue.lapsed(date(2030, 1, 1))
    with pytest.raises(ValueError, match="overdue"):
        overdue.lapse()
    assert overdue.close(date(2024, 4, 1), "Biên bản", None).state == "closed"


@pytest.mark.parametrize("state", ["recorded", "escalated", "remedied"])
def test_only_urgent_findings_have_a_clock(state: str) -> None:
    given = vars(remedy(date(2024, 3, 5), 1))
    shared = {name: given[name] for name in Finding.__dataclass_fields__ if name in given}
    finding = Finding(**(shared | {"state": state, "kind": "unmet_item", "note": ""}))
    assert not finding.lapsed(date(2030, 1, 1))
    with pytest.raises(ValueError, match="escalate"):
        finding.escalate(date(2024, 3, 7))


def test_an_inspection_waits_for_its_order_only() -> None:
    assert inspection().lapsed(date(2024, 3, 6))
    assert not inspection(state="ordered").lapsed(date(2024, 3, 6))
