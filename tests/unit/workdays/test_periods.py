import itertools
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workdays.periods import Period, PeriodKind, containing, indices, window, windows

YEARS = st.integers(2000, 2100)


def tiles(periods: tuple[Period, ...], year: int) -> bool:
    joins = itertools.pairwise(periods)
    return (
        periods[0].starts_on == date(year - 1, 12, 15)
        and periods[-1].ends_on == date(year, 12, 14)
        and all(a.ends_on + timedelta(days=1) == b.starts_on for a, b in joins)
    )


@given(YEARS)
def test_windows_tile_the_year(year: int) -> None:
    halves = (window("first_half", year), window("second_half", year))
    assert tiles(windows("month", year), year)
    assert tiles(windows("quarter", year), year)
    assert tiles(halves, year)
    assert tiles(windows("year", year), year)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(get_args(PeriodKind)))
def test_a_day_lies_in_the_period_that_holds_it(day: date, kind: PeriodKind) -> None:
    period = containing(kind, day)
    if period is None:
        assert kind in {"first_half", "second_half", "nine_months"}
    else:
        assert period == window(kind, period.year, period.index)
        assert period.starts_on <= day <= period.ends_on


def test_windows_of_decree_09_2019() -> None:
    assert window("month", 2024, 3) == Period(
        "month", 2024, 3, date(2024, 2, 15), date(2024, 3, 14)
    )
    assert window("month", 2024, 1).starts_on == date(2023, 12, 15)
    assert window("quarter", 2024, 1) == Period(
        "quarter", 2024, 1, date(2023, 12, 15), date(2024, 3, 14)
    )
    assert window("first_half", 2024).ends_on == date(2024, 6, 14)
    assert window("second_half", 2024).starts_on == date(2024, 6, 15)
    assert window("nine_months", 2024).ends_on == date(2024, 9, 14)
    assert window("year", 2024) == Period("year", 2024, 0, date(2023, 12, 15), date(2024, 12, 14))


@pytest.mark.parametrize(("kind", "index"), [("quarter", 0), ("quarter", 5), ("year", 1)])
def test_an_index_out_of_range_is_refused(kind: PeriodKind, index: int) -> None:
    assert index not in indices(kind)
    with pytest.raises(ValueError, match="has no number"):
        window(kind, 2024, index)
