from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.formats import Formats
from dashboard.gauge import gauge
from dashboard.shapes.surveys import Rate
from tests.dashboard.sample.surveys import rate

vi, en = Formats("vi"), Formats("en")


def test_a_day_is_written_with_two_digits_each() -> None:
    assert vi.day("2024-03-08") == "08/03/2024"


def test_a_day_that_is_not_known_is_a_dash() -> None:
    assert vi.day(None) == "–"


def test_a_moment_is_told_in_vietnam() -> None:
    assert vi.moment("2024-03-05T20:30:00Z") == "06/03/2024, 03:30"
    assert vi.day("2024-03-05T20:30:00+00:00") == "06/03/2024"


def test_numbers_follow_the_language() -> None:
    assert vi.number(12345) == "12.345"
    assert en.number(12345) == "12,345"
    assert vi.number(4.125, 2) == "4,13"


def test_percentages_follow_the_language() -> None:
    assert vi.percent(95.23) == "95,2\u00a0%"
    assert en.percent(95.23) == "95.2%"
    assert vi.percent(95) == "95\u00a0%"
    assert vi.percent(None) == "–"


def test_a_rate_just_below_its_target_does_not_read_as_the_target() -> None:
    assert vi.percent(94.96, 95) == "94,96\u00a0%"
    assert vi.percent(94.9999, 95) == "94,99\u00a0%"
    assert vi.percent(95.0, 95) == "95,0\u00a0%"


@given(st.floats(min_value=0, max_value=100), st.integers(min_value=1, max_value=100))
def test_what_is_read_never_contradicts_the_verdict(value: float, target: int) -> None:
    read = float(en.percent(value, target).rstrip("%"))
    assert (read >= target) == (value >= target)


@pytest.mark.parametrize("counts", [(0, 0, 3, 72, 65), (1, 4, 12, 78, 40), (0, 0, 0, 0, 7)])
def test_everything_on_the_gauge_lies_on_its_scale(counts: tuple[int, int, int, int, int]) -> None:
    shown = gauge(cast("Rate", rate(counts).model_dump()), 95)
    assert shown is not None
    assert 0 < shown.low <= shown.here <= 100.000001
    assert shown.here <= shown.high + 1e-9 <= 100.000001
    assert shown.start % 10 == 0
