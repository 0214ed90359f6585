"""How deadlines, periods and obligations lie in their columns."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from reports.domain.obligations import Obligation
from workdays import Deadline, Period, Step

CHANGING: Final = (
    "due_on",
    "deadline",
    "state",
    "noticed",
    "next_turn_on",
    "submissions",
    "submitted_at",
    "submitted_on",
    "late_working_days",
    "received_on",
    "last_event_id",
    "changed_at",
    "version",
    "withdrawn",
)
NEW: Final = (
    *CHANGING,
    "obligation_id",
    "school",
    "kind",
    "kind_version",
    "period_kind",
    "period_year",
    "period_index",
    "starts_on",
    "ends_on",
    "correlation_id",
)


def deadline_json(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as JSON."""
    return {
        "due_on": deadline.due_on.isoformat(),
        "rule": deadline.rule,
        "version": deadline.version,
        "legal_basis": deadline.legal_basis,
        "steps": [{"code": step.code, "params": step.params} for step in deadline.steps],
    }


def deadline_of(stored: Mapping[str, Any]) -> Deadline:
    """Return a deadline from its JSON."""
    return Deadline(
        due_on=date.fromisoformat(stored["due_on"]),
        rule=stored["rule"],
        version=stored["version"],
        legal_basis=stored["legal_basis"],
        steps=tuple(Step(step["code"], step["params"]) for step in stored["steps"]),
    )


def new_values(obligation: Obligation) -> dict[str, Any]:
    """Return the columns `NEW` of an obligation, all that it has."""
    period = obligation.period
    return changing_values(obligation) | {
        "obligation_id": obligation.obligation_id,
        "school": obligation.school,
        "kind": obligation.kind,
        "kind_version": obligation.kind_version,
        "period_kind": period.kind,
        "period_year": period.year,
        "period_index": period.index,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "correlation_id": obligation.correlation_id,
    }


def changing_values(obligation: Obligation) -> dict[str, Any]:
    """Return the columns `CHANGING` of an obligation, those that may change."""
    return {
        "due_on": obligation.due_on,
        "deadline": deadline_json(obligation.deadline),
        "state": obligation.state,
        "noticed": obligation.noticed,
        "next_turn_on": obligation.next_turn_on,
        "submissions": obligation.submissions,
        "submitted_at": obligation.submitted_at,
        "submitted_on": obligation.submitted_on,
        "late_working_days": obligation.late_working_days,
        "received_on": obligation.received_on,
        "last_event_id": obligation.last_event_id,
        "changed_at": obligation.changed_at,
        "version": obligation.version,
        "withdrawn": obligation.withdrawn,
    }


def obligation_of(row: Mapping[Any, Any]) -> Obligation:
    """Return an obligation from its row."""
    return Obligation(
        obligation_id=row["obligation_id"],
        school=row["school"],
        kind=row["kind"],
        kind_version=row["kind_version"],
        period=Period(
            row["period_kind"],
            row["period_year"],
            row["period_index"],
            row["starts_on"],
            row["ends_on"],
        ),
        deadline=deadline_of(row["deadline"]),
        state=row["state"],
        noticed=row["noticed"],
        next_turn_on=row["next_turn_on"],
        submissions=row["submissions"],
        submitted_at=row["submitted_at"],
        submitted_on=row["submitted_on"],
        late_working_days=row["late_working_days"],
        received_on=row["received_on"],
        correlation_id=row["correlation_id"],
        last_event_id=row["last_event_id"],
        changed_at=row["changed_at"],
        version=row["version"],
        withdrawn=row["withdrawn"],
    )
