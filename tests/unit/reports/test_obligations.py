from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args
from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc.obligations import ObligationState
from reports.application.wording import period_of, period_ref, working_days_left
from reports.domain.obligations import Obligation, state_of_submission
from reports.shipped import kinds
from workdays import Calendar, windows
from workdays.periods import PeriodKind

CALENDAR = Calendar()
PERIOD = period_of("2024-q1")


def obligation(state: ObligationState = "upcoming") -> Obligation:
    (kind,) = (kind for kind in kinds().versions if kind.code == "periodic")
    return Obligation(
        obligation_id=uuid4(),
        school="hoa-cuc-mau",
        kind="periodic",
        kind_version=1,
        period=PERIOD,
        deadline=kind.deadline.after(CALENDAR, PERIOD.ends_on),
        state=state,
        noticed=None,
        next_turn_on=None,
        submissions=0,
        submitted_at=None,
        submitted_on=date(2024, 3, 15),
        late_working_days=None,
        received_on=date(2024, 3, 16),
        correlation_id=uuid4(),
        last_event_id=None,
        changed_at=datetime(2024, 3, 1, tzinfo=UTC),
        version=1,
    )


def refusal(state: ObligationState, command: str) -> str | None:
    try:
        getattr(obligation(state), f"check_{command}")()
    except Problem as problem:
        return problem.code
    return None


SENT, TAKEN = "reports.already_submitted", "reports.already_received"
NONE, EXEMPT = "reports.not_submitted", "reports.exempted"


# state → what refuses to submit, to receive or return, to exempt
CASES: dict[ObligationState, tuple[str | None, str | None, str | None]] = {
    "upcoming": (None, NONE, None),
    "due_soon": (None, NONE, None),
    "overdue": (None, NONE, None),
    "submitted_on_time": (SENT, None, SENT),
    "submitted_late": (SENT, None, SENT),
    "returned": (None, NONE, SENT),
    "resubmitted": (SENT, None, SENT),
    "received": (SENT, TAKEN, SENT),
    "exempt": (EXEMPT, EXEMPT, EXEMPT),
}


@pytest.mark.parametrize("state", get_args(ObligationState))
def test_what_may_be_done_in_which_state(state: ObligationState) -> None:
    refused = tuple(refusal(state, command) for command in ("submit", "judge", "exempt"))
    assert refused == CASES[state]


def test_on_time_or_late_follows_from_the_day() -> None:
    assert state_of_submission(1, 0) == "submitted_on_time"
    assert state_of_submission(1, 3) == "submitted_late"
    assert state_of_submission(2, 3) == "resubmitted"


def test_working_days_left_turn_negative_when_overdue() -> None:
    owed = obligation("due_soon")  # due on Monday 18/3/2024
    left = {
        day: working_days_left(owed, CALENDAR, date(2024, 3, day)) for day in (14, 16, 18, 19, 20)
    }
    assert left == {14: 2, 16: 1, 18: 0, 19: -1, 20: -2}
    assert working_days_left(replace(owed, state="received"), CALENDAR, PERIOD.ends_on) is None


@pytest.mark.parametrize("kind", get_args(PeriodKind))
def test_a_period_is_found_by_its_key(kind: PeriodKind) -> None:
    for period in windows(kind, 2024):
        assert period_of(period_ref(period).key) == period


@pytest.mark.parametrize("key", ["", "2024-q5", "2024-m13", "24-q1", "2024-q1x", "2024-h3"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(Problem) as refused:
        period_of(key)
    assert refused.value.code == "reports.unknown_period"
