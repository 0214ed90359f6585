"""Figures out of matters: what counts in a period, and which period went before."""

from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from reports.domain.drafts import Matter, matter_figures, previous
from reports.shipped import draft_figures, kinds
from workdays import window

FIRST, LAST = date(2023, 12, 15), date(2024, 3, 14)
DAYS = st.dates(date(2023, 11, 1), date(2024, 4, 30))


def matter(
    sort: str,
    opened: date | None,
    ended: date | None = None,
    *,
    state: str = "completed",
    kind: str | None = None,
    late: int | None = None,
) -> Matter:
    return Matter(uuid4(), sort, kind, state, opened, ended, late)


def values(*matters: Matter) -> dict[str, float | None]:
    found = matter_figures(matters, FIRST, LAST)
    return {code: figure.value for code, figure in found.items() if figure.value}


def test_both_ends_of_the_window_count() -> None:
    for day in (FIRST, LAST):
        assert values(matter("inspection", day, day)) == {"inspections.completed": 1}
    for day in (FIRST - timedelta(days=1), LAST + timedelta(days=1)):
        assert values(matter("inspection", day, day)) == {}


def test_only_a_completed_inspection_counts() -> None:
    dismissed = matter("inspection", FIRST, LAST, state="dismissed", kind="surprise")
    surprise = matter("inspection", FIRST, LAST, kind="surprise")
    assert values(dismissed, surprise) == {"inspections.completed": 1, "inspections.surprise": 1}


def test_late_ones_are_among_them() -> None:
    told = values(
        matter("remedy", FIRST, LAST, late=0),
        matter("remedy", FIRST, LAST, late=2),
        matter("petition", FIRST, LAST, late=1),
    )
    assert told == {
        "remedies.closed": 2,
        "remedies.closed_late": 1,
        "petitions.received": 1,
        "petitions.answered": 1,
        "petitions.answered_late": 1,
    }


@given(opened=DAYS, days=st.none() | st.integers(0, 90))
def test_a_petition_waits_until_it_is_answered(opened: date, days: int | None) -> None:
    ended = None if days is None else opened + timedelta(days=days)
    told = values(matter("petition", opened, ended))
    known = opened <= LAST
    assert ("petitions.waiting" in told) == (known and (ended is None or ended > LAST))
    assert ("petitions.received" in told) == (FIRST <= opened <= LAST)
    if "petitions.answered" in told:
        assert "petitions.waiting" not in told


def test_each_figure_knows_its_matters() -> None:
    ours = [matter("finding", FIRST), matter("finding", LAST)]
    found = matter_figures([*ours, matter("finding", date(2024, 4, 1))], FIRST, LAST)
    assert found["findings.recorded"].sources == tuple(one.matter_id for one in ours)


def test_the_period_before() -> None:
    assert previous(window("quarter", 2024, 3)) == window("quarter", 2024, 2)
    assert previous(window("quarter", 2024, 1)) == window("quarter", 2023, 4)
    assert previous(window("month", 2024, 1)) == window("month", 2023, 12)
    assert previous(window("first_half", 2024)) == window("first_half", 2023)
    assert previous(window("year", 2024)) == window("year", 2023)


def test_no_figure_stands_there_for_nothing() -> None:
    asked = {code for kind in kinds().versions for code in kind.figures}
    assert asked == set(draft_figures())


def test_trainings_and_postings_are_counted_as_remedies_that_are_done() -> None:
    told = values(
        matter("remedy", FIRST, LAST, kind="training"),
        matter("remedy", FIRST, LAST, kind="posting"),
        matter("remedy", FIRST, None, kind="posting"),
        matter("improvement_task", LAST),
    )
    assert told == {
        "remedies.closed": 2,
        "remedies.waiting": 1,
        "remedies.training": 1,
        "remedies.posting": 1,
        "improvement.assigned": 1,
    }
