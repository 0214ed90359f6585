"""What holds whatever days an authority moves: counting, deadlines, and their explanations."""

from datetime import date, timedelta
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from workdays import Calendar, DayOfMonth, Override, added, counted, in_working_days, on_day

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
KINDS = st.sampled_from(["off", "work"])
MOVED = st.dictionaries(
    st.dates(date(2024, 1, 1), date(2028, 3, 31)),
    st.builds(Override, KINDS, st.just("Quyết định số 1 (mẫu)")),
    max_size=60,
)
CALENDARS = st.builds(Calendar, MOVED)
WORDINGS = st.sampled_from(["by", "before"])


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_adding_and_counting_agree(calendar: Calendar, day: date, n: int) -> None:
    forth = added(calendar, day, n)
    assert calendar.is_working(forth.until)
    assert counted(calendar, day, forth.until).working_days == n
    assert calendar.count(day, forth.until - timedelta(days=1)) == n - 1, "it is the first such day"


@given(CALENDARS, DAYS, st.integers(1, 40))
def test_going_back_undoes_going_forth(calendar: Calendar, day: date, n: int) -> None:
    worked = calendar.on_or_after(day)
    assert calendar.back(calendar.add(worked, n), n + 1) == worked


@given(CALENDARS, DAYS, st.integers(1, 28), st.integers(0, 2), WORDINGS)
def test_a_deadline_is_a_working_day_after_the_cut_off(
    calendar: Calendar, cut_off: date, day: int, months: int, wording: Literal["by", "before"]
) -> None:
    deadline = DayOfMonth("x", 1, "", day, wording, months).after(calendar, cut_off)
    assert calendar.is_working(deadline.due_on)
    assert calendar.count(cut_off, deadline.due_on) >= 1


@given(CALENDARS, DAYS, st.integers(1, 28))
def test_each_day_that_moved_a_deadline_is_told(
    calendar: Calendar, cut_off: date, day: int
) -> None:
    deadline = DayOfMonth("x", 1, "", day).after(calendar, cut_off)
    named = date.fromisoformat(deadline.steps[1].params["on"])
    told = [s.params["on"] for s in deadline.steps if s.code == "moved_from"]
    passed = [named + timedelta(days=i) for i in range((deadline.due_on - named).days)]
    assert told == [one.isoformat() for one in passed]
    assert not any(map(calendar.is_working, passed))


@given(CALENDARS, DAYS, WORDINGS)
def test_a_named_day_moves_forth_or_back_and_never_onto_itself(
    calendar: Calendar, named: date, wording: Literal["by", "before"]
) -> None:
    due_on = on_day(calendar, named, wording, rule="x", version=1, legal_basis="").due_on
    assert calendar.is_working(due_on)
    assert due_on >= named if wording == "by" else due_on < named


@given(CALENDARS, DAYS, st.integers(1, 30))
def test_a_term_in_working_days_says_what_it_did_not_count(
    calendar: Calendar, start: date, n: int
) -> None:
    deadline = in_working_days(calendar, start, n, rule="x", version=1, legal_basis="")
    skipped = {s.params["on"] for s in deadline.steps if s.code == "not_counted"}
    days = [start + timedelta(days=i) for i in range(1, (deadline.due_on - start).days + 1)]
    offs = [(one, calendar.why_off(one)) for one in days]
    assert skipped == {one.isoformat() for one, off in offs if off and off.code != "weekend"}
    assert len(days) - sum(off is not None for _, off in offs) == n
