"""How long words are kept: months as people count them."""

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.keeping import KeepingRule, closed_until, months_before, read_keeping_rules

SHIPPED = read_keeping_rules(files("surveys").joinpath("keeping.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2023, 5, 31), 3, date(2023, 2, 28)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 15), 24, date(2024, 3, 15)),
    ],
)
def test_months_end_as_people_count_them(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(st.dates(date(2012, 1, 1), date(2099, 12, 31)), st.integers(1, 120))
def test_no_word_goes_early(day: date, months: int) -> None:
    before = months_before(day, months)
    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day <= day.day


def test_the_newest_rule_that_holds_says_it() -> None:
    assert closed_until(SHIPPED, "comments", date(2025, 12, 31)) is None
    assert closed_until(SHIPPED, "comments", date(2026, 1, 1)) == date(2024, 1, 1)
    assert closed_until(SHIPPED, "reports", date(2026, 1, 1)) == date(2021, 1, 1)
    newer = KeepingRule("comments", date(2026, 2, 1), 12, "x")
    assert closed_until([newer, *SHIPPED], "comments", date(2026, 2, 1)) == date(2025, 2, 1)
