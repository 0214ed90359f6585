import itertools
from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reports.domain.planning import Life, Owed, due_between
from reports.shipped import kinds
from workdays import Calendar

CALENDAR = Calendar()
OLD = Life(date(2015, 9, 5))


def plan(life: Life, first: date, last: date) -> list[Owed]:
    due = due_between(kinds(), CALENDAR, first, last)
    return [one for one in due if life.covers(one.period.ends_on)]


def test_a_year_holds_each_obligation_once() -> None:
    # Sixteen: what R10 names, in their frequencies.
    found = plan(OLD, date(2024, 1, 1), date(2024, 12, 31))
    assert len(found) == 16
    names = [(one.kind.code, one.period.kind, one.period.index) for one in found]
    assert max(Counter(names).values()) == 1


@given(st.dates(date(2021, 1, 1), date(2027, 1, 1)), st.lists(st.integers(1, 200), max_size=6))
def test_pieces_of_time_together_owe_what_the_whole_owes(first: date, cuts: list[int]) -> None:
    ends = [first.toordinal()]
    for cut in (*cuts, 100):
        ends.append(ends[-1] + cut)
    whole = plan(OLD, first, date.fromordinal(ends[-1] - 1))
    pieces = [
        one
        for a, b in itertools.pairwise(ends)
        for one in plan(OLD, date.fromordinal(a), date.fromordinal(b - 1))
    ]
    key = str
    assert sorted(map(key, pieces)) == sorted(map(key, whole))


def test_a_school_owes_nothing_for_periods_at_whose_end_it_is_closed() -> None:
    year = date(2024, 1, 1), date(2024, 12, 31)
    new = plan(Life(date(2024, 6, 15)), *year)
    assert {one.period.ends_on for one in new} == {date(2024, 9, 14), date(2024, 12, 14)}
    closed = plan(Life(date(2015, 9, 5), date(2024, 6, 14)), *year)
    assert {one.period.ends_on for one in closed} == {date(2024, 3, 14), date(2024, 6, 14)}
