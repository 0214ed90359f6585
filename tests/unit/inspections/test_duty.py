"""Surprise checks ÷ finished months, and a warning for each empty month."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from inspections.domain.duty import duty

days = st.dates(date(2023, 1, 1), date(2025, 12, 31))


def test_a_quarter_with_an_empty_month() -> None:
    done = [date(2024, 1, 9), date(2024, 1, 30), date(2024, 3, 1), date(2023, 2, 1)]
    counted = duty(2024, date(2024, 4, 2), None, None, [*done, date(2024, 4, 1)])
    assert (counted.checks, counted.checks_this_month, counted.months) == (3, 1, 3)
    assert counted.ratio == 1.0
    assert counted.empty_months == (2,)


def test_before_the_first_month_is_over_there_is_no_ratio() -> None:
    assert duty(2024, date(2024, 1, 31), None, None, [date(2024, 1, 3)]).ratio is None


def test_months_before_the_opening_and_after_the_closing_count_nowhere() -> None:
    counted = duty(2024, date(2025, 1, 1), date(2024, 9, 5), date(2024, 10, 31), [])
    assert counted.empty_months == (9, 10)


@given(st.lists(days), days)
def test_every_finished_month_has_checks_or_a_warning(done: list[date], today: date) -> None:
    counted = duty(today.year, today, None, None, done)
    assert counted.months == today.month - 1
    assert counted.checks >= counted.months - len(counted.empty_months)
    assert all(month < today.month for month in counted.empty_months)
    of_the_year = [day for day in done if day.year == today.year and day.month <= today.month]
    assert counted.checks + counted.checks_this_month == len(of_the_year)
