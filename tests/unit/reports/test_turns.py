from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reports.domain.turns import NOTICES, OVERDUE, Turn, come, day_of, moment, next_turn_on
from workdays import Calendar

CALENDAR = Calendar()
DAYS = st.dates(date(2023, 6, 1), date(2028, 6, 1))


def test_the_days_of_a_quarter_report() -> None:
    due_on = date(2024, 3, 18)
    days: dict[Turn, date] = {turn: day_of(turn, CALENDAR, due_on) for turn in (*NOTICES, OVERDUE)}
    assert days == {
        7: date(2024, 3, 7),
        3: date(2024, 3, 13),
        1: date(2024, 3, 15),
        0: date(2024, 3, 18),
        OVERDUE: date(2024, 3, 19),
    }


@given(DAYS, st.sampled_from(NOTICES))
def test_a_notice_comes_on_the_first_day_with_so_many_left(due: date, notice: int) -> None:
    due_on = CALENDAR.on_or_after(due)
    day = day_of(notice, CALENDAR, due_on)
    assert CALENDAR.count(day, due_on) == notice
    assert CALENDAR.count(day - timedelta(days=1), due_on) == notice + 1


@given(DAYS, st.lists(st.integers(1, 40), max_size=12))
def test_whatever_the_jumps_each_turn_comes_once_and_in_order(due: date, jumps: list[int]) -> None:
    due_on = CALENDAR.on_or_after(due)
    today = due_on - timedelta(days=30)
    noticed: int | None = None
    told: list[Turn] = []
    for jump in (*jumps, 400):
        today += timedelta(days=jump)
        if OVERDUE in told:
            break
        for turn in come(CALENDAR, due_on, noticed, today):
            told.append(turn)
            noticed = turn if isinstance(turn, int) else noticed
    assert told == [*NOTICES, OVERDUE]


@given(DAYS, st.sampled_from([None, *NOTICES]))
def test_nothing_comes_before_the_next_turn(due: date, noticed: int | None) -> None:
    due_on = CALENDAR.on_or_after(due)
    day = next_turn_on(CALENDAR, due_on, noticed)
    assert come(CALENDAR, due_on, noticed, day - timedelta(days=1)) == []
    assert come(CALENDAR, due_on, noticed, day) != []


def test_a_turn_becomes_true_as_its_day_begins_in_vietnam() -> None:
    due_on, created = date(2024, 3, 18), datetime(2024, 3, 1, tzinfo=UTC)
    assert moment(OVERDUE, CALENDAR, due_on, created).isoformat() == "2024-03-19T00:00:00+07:00"
    later = datetime(2024, 3, 20, tzinfo=UTC)
    assert moment(OVERDUE, CALENDAR, due_on, later) == later
