from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workdays import Calendar, added, counted, sentence, why_window, window

CALENDAR = Calendar()
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(after: date, n: int) -> None:
    forth = added(CALENDAR, after, n)
    back = counted(CALENDAR, after, forth.until)
    assert back.working_days == n
    assert back.steps[1:] == forth.steps[1:], "the same days are not counted"


@given(DAYS, st.integers(0, 60))
def test_every_day_off_is_told(after: date, days: int) -> None:
    span = counted(CALENDAR, after, after + timedelta(days=days))
    weekends = sum(int(s.params["days"]) for s in span.steps if s.code == "weekends_not_counted")
    named = sum(step.code == "not_counted" for step in span.steps)
    assert weekends + named + span.working_days == days


def test_the_swap_of_new_year_2026_is_told_in_both_languages() -> None:
    span = added(CALENDAR, date(2025, 12, 31), 6)
    assert span.until == date(2026, 1, 10), "the Saturday is worked"
    told = [sentence(step, "vi") for step in span.steps]
    assert told[0] == "Tính 6 ngày làm việc, kể từ ngày tiếp theo của ngày 31/12/2025."
    assert told[1] == "Không tính 2 ngày nghỉ hằng tuần."
    assert any("02/01/2026: được nghỉ theo Công văn số 12729/VPCP-KGVX" in one for one in told)
    assert any("10/01/2026: làm việc bù theo" in one for one in told)
    assert any("01/01/2026 is not counted" in sentence(step, "en") for step in span.steps)


def test_a_window_names_its_rule() -> None:
    (step,) = why_window(window("year", 2024))
    assert sentence(step, "vi").startswith(
        "Số liệu tính từ ngày 15/12/2023 đến hết ngày 14/12/2024"
    )
    (alike,) = why_window(window("nine_months", 2024))
    assert "names no nine months" in sentence(alike, "en")


def test_what_can_t_be_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        counted(CALENDAR, date(2024, 1, 2), date(2024, 1, 1))
    with pytest.raises(ValueError, match="at least one"):
        added(CALENDAR, date(2024, 1, 2), 0)
