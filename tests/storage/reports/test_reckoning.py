"""Working days, windows and deadlines as the calendar of the district stands."""

from datetime import date

import pytest

from contracts.events.directory import CalendarChanged
from contracts.problems import Problem
from contracts.rpc import workdays as m
from reports.application import reckoning
from tests.storage.reports.conftest import Room


def deadline(room: Room, kind: str, period: str) -> m.KindDeadline:
    with room.call() as work:
        return reckoning.get_kind_deadline(work, m.GetKindDeadline(kind=kind, period=period))


def test_a_moved_day_changes_the_answer_and_is_named(empty: Room) -> None:
    asked = m.AddWorkingDays(after=date(2024, 3, 4), working_days=3)
    with empty.call() as work:
        assert reckoning.add_working_days(work, asked).until == date(2024, 3, 7)
    basis = "Quyết định số 1/QĐ-UBND (mẫu)"
    moved = CalendarChanged(day=date(2024, 3, 6), kind="off", legal_basis=basis, version=1)
    empty.hear(moved)
    with empty.call() as work:
        told = reckoning.add_working_days(work, asked)
        back = m.CountWorkingDays(after=asked.after, until=told.until)
        assert reckoning.count_working_days(work, back).working_days == 3
    assert told.until == date(2024, 3, 8)
    assert told.steps[-1].words.vi == f"Không tính ngày 06/03/2024: được nghỉ theo {basis}."
    assert told.steps[-1].words.en == f"06/03/2024 is not counted: off by {basis}."


def test_a_deadline_names_rule_version_and_what_moved_it(empty: Room) -> None:
    told = deadline(empty, "cchc_result", "2024-q1")
    assert (told.kind_version, told.period.key) == (1, "2024-q1")
    assert (told.deadline.due_on, told.deadline.rule) == (
        date(2024, 3, 18),
        "cchc_result.by_day_16",
    )
    assert [step.code for step in told.deadline.steps] == [
        "cut_off",
        "named_by",
        "moved_from",
        "moved_from",
    ]


def test_a_deadline_is_of_the_version_in_force_at_the_periods_end(empty: Room) -> None:
    assert deadline(empty, "legal_document_review", "2024").kind_version == 1
    assert deadline(empty, "legal_document_review", "2025").kind_version == 2


def test_a_window_has_its_rule(empty: Room) -> None:
    with empty.call() as work:
        told = reckoning.get_window(work, m.GetWindow(period="2024-h1"))
    assert (told.period.starts_on, told.period.ends_on) == (date(2023, 12, 15), date(2024, 6, 14))
    assert "Điều 12" in told.steps[0].words.vi


@pytest.mark.parametrize(
    ("kind", "period", "code"),
    [
        ("annual", "2024-q1", "reports.kind_without_period"),
        ("annual", "2010", "reports.kind_without_period"),
        ("khong-co", "2024", "reports.unknown_kind"),
        ("annual", "9998", "reports.unknown_period"),
        ("annual", "2024-q5", "reports.unknown_period"),
    ],
)
def test_what_is_not_owed_has_no_deadline(empty: Room, kind: str, period: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        deadline(empty, kind, period)
    assert refused.value.code == code


@pytest.mark.parametrize("until", [date(2024, 2, 29), date(2025, 4, 6)])
def test_a_count_runs_forwards_and_not_too_far(empty: Room, until: date) -> None:
    asked = m.CountWorkingDays(after=date(2024, 3, 1), until=until)
    with empty.call() as work, pytest.raises(Problem) as refused:
        reckoning.count_working_days(work, asked)
    assert refused.value.code == "reports.wrong_span"
