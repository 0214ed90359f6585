from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workdays import Calendar, DayOfMonth, Override, in_working_days, on_day, window

CALENDAR = Calendar()
CUT_OFFS = st.dates(date(2023, 1, 1), date(2029, 12, 31))
SIXTEENTH = DayOfMonth("default", 1, "Nghị định 09/2019/NĐ-CP, Điều 8", day=16)


@given(CUT_OFFS, st.integers(1, 28), st.integers(0, 3), st.sampled_from(["by", "before"]))
def test_a_strict_deadline_is_a_working_day_after_the_cut_off(
    cut_off: date, day: int, months: int, wording: Literal["by", "before"]
) -> None:
    rule = DayOfMonth("x", 1, "", day, wording, months)
    due_on = rule.after(CALENDAR, cut_off).due_on
    assert CALENDAR.is_working(due_on)
    assert CALENDAR.count(cut_off, due_on) >= 1


@given(CUT_OFFS, st.integers(1, 28))
def test_before_a_day_is_never_on_it(cut_off: date, day: int) -> None:
    rule = DayOfMonth("x", 1, "", day, "before", strict=False)
    deadline = rule.after(CALENDAR, cut_off)
    named = date.fromisoformat(deadline.steps[1].params["on"])
    assert deadline.due_on < named
    assert CALENDAR.is_working(deadline.due_on)


def test_the_default_of_a_school_is_the_16th() -> None:
    assert SIXTEENTH.after(CALENDAR, window("quarter", 2026, 1).ends_on).due_on == date(2026, 3, 16)


def test_each_day_that_moved_it_is_told() -> None:
    # 16 March 2024 is a Saturday.
    deadline = SIXTEENTH.after(CALENDAR, window("quarter", 2024, 1).ends_on)
    assert deadline.due_on == date(2024, 3, 18)
    assert [step.code for step in deadline.steps] == [
        "cut_off",
        "named_by",
        "moved_from",
        "moved_from",
    ]
    assert deadline.steps[2].params["on"] == "2024-03-16"
    assert deadline.steps[2].params["why"] == "weekend"
    assert (deadline.rule, deadline.version) == ("default", 1)


def test_tet_moves_a_deadline() -> None:
    # Monthly report of February 2026: the 16th is the eve of Tết, the week is off.
    deadline = SIXTEENTH.after(CALENDAR, window("month", 2026, 2).ends_on)
    assert deadline.due_on == date(2026, 2, 23)
    assert deadline.steps[2].params["vi"] == "Giao thừa Tết Nguyên Đán"


@pytest.mark.parametrize(
    ("cut_off", "day", "wording", "due_on"),
    [
        # Tết: 8–14/2/2024, 25/1–2/2/2025, 14–22/2/2026, 4–10/2/2027.
        (date(2024, 1, 14), 10, "by", date(2024, 2, 15)),
        (date(2024, 1, 14), 10, "before", date(2024, 2, 7)),
        (date(2025, 1, 14), 28, "by", date(2025, 2, 3)),
        (date(2025, 1, 14), 28, "before", date(2025, 1, 24)),
        (date(2026, 1, 14), 13, "by", date(2026, 2, 13)),
        (date(2026, 1, 31), 16, "by", date(2026, 2, 23)),
        (date(2027, 1, 14), 5, "by", date(2027, 2, 11)),
        (date(2027, 1, 14), 5, "before", date(2027, 2, 3)),
        # The 2nd of September on a Saturday, with the day beside it; in 2029 on a Sunday.
        (date(2028, 8, 14), 2, "by", date(2028, 9, 5)),
        (date(2028, 8, 14), 2, "before", date(2028, 8, 31)),
        (date(2029, 8, 14), 2, "by", date(2029, 9, 5)),
        # The swap of the new year: Friday 2/1/2026 is off, Saturday 10/1/2026 is worked.
        (date(2025, 12, 14), 2, "by", date(2026, 1, 5)),
        (date(2025, 12, 14), 2, "before", date(2025, 12, 31)),
        (date(2026, 1, 5), 10, "by", date(2026, 1, 10)),
        (date(2026, 1, 5), 11, "before", date(2026, 1, 10)),
        # A leap day is a day like others.
        (date(2024, 2, 27), 28, "by", date(2024, 2, 28)),
        (date(2024, 2, 14), 1, "before", date(2024, 2, 29)),
    ],
)
def test_deadlines_around_holidays_and_swaps(
    cut_off: date, day: int, wording: Literal["by", "before"], due_on: date
) -> None:
    rule = DayOfMonth("x", 1, "", day, wording)
    assert rule.after(CALENDAR, cut_off).due_on == due_on


def test_at_least_one_working_day_after_the_cut_off() -> None:
    early = DayOfMonth("early", 1, "", day=16, wording="before")
    # The cut-off 14/6/2024 is a Friday and the 15th a Saturday: going back leads to the 14th.
    moved = early.after(CALENDAR, date(2024, 6, 14))
    assert moved.due_on == date(2024, 6, 17)
    assert moved.steps[-1].code == "too_early_moved"
    loose = DayOfMonth("early", 1, "", day=16, wording="before", strict=False)
    warned = loose.after(CALENDAR, date(2024, 6, 14))
    assert warned.due_on == date(2024, 6, 14)
    assert warned.steps[-1].code == "too_early"


def test_a_new_override_moves_a_deadline() -> None:
    calendar = Calendar({date(2024, 3, 18): Override("off", "Quyết định số 7/QĐ-UBND")})
    deadline = SIXTEENTH.after(calendar, date(2024, 3, 14))
    assert deadline.due_on == date(2024, 3, 19)
    assert deadline.steps[-1].params["legal_basis"] == "Quyết định số 7/QĐ-UBND"


def test_working_days_tell_what_was_not_counted() -> None:
    # Three working days from Friday 26/4/2024: 29/4 swapped, 30/4 and 1/5 holidays, 4/5 worked.
    deadline = in_working_days(
        CALENDAR, date(2024, 4, 26), 3, rule="level_1", version=2, legal_basis="x"
    )
    assert deadline.due_on == date(2024, 5, 4)
    assert [(step.code, step.params["on"]) for step in deadline.steps] == [
        ("counted_from", "2024-04-26"),
        ("not_counted", "2024-04-29"),
        ("not_counted", "2024-04-30"),
        ("not_counted", "2024-05-01"),
        ("counted_though_rest_day", "2024-05-04"),
    ]


@given(CUT_OFFS, st.integers(1, 40))
def test_working_days_agree_with_the_calendar(start: date, n: int) -> None:
    due_on = in_working_days(CALENDAR, start, n, rule="r", version=1, legal_basis="").due_on
    assert CALENDAR.count(start, due_on) == n


@pytest.mark.parametrize("day", [0, 29, 31])
def test_a_rule_that_does_not_always_yield_a_date_is_refused(day: int) -> None:
    with pytest.raises(ValueError, match="every month"):
        DayOfMonth("x", 1, "", day)


@given(CUT_OFFS, st.sampled_from(["by", "before"]))
def test_a_named_day_moves_to_a_working_day_on_its_own_side(
    named: date, wording: Literal["by", "before"]
) -> None:
    told = on_day(CALENDAR, named, wording, rule="own", version=1, legal_basis="x")
    assert CALENDAR.is_working(told.due_on)
    assert (told.due_on >= named) == (wording == "by")
    moved = [step for step in told.steps if step.code == "moved_from"]
    first = named if wording == "by" else named - timedelta(days=1)
    assert len(moved) == abs((told.due_on - first).days)
