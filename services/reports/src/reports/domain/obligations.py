"""An obligation and what may be done with it; time comes in as an argument."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc.obligations import ObligationState
from workdays import Deadline, Period

# Nothing has been submitted yet.
WAITING: frozenset[ObligationState] = frozenset({"upcoming", "due_soon", "overdue"})
# The report lies with the authority, which has not said anything.
SENT: frozenset[ObligationState] = frozenset({"submitted_on_time", "submitted_late", "resubmitted"})
# What the authority has counts for it.
DELIVERED: frozenset[ObligationState] = SENT | {"received"}


@dataclass(frozen=True)
class Obligation:
    """A school owes a report of `kind` for `period`.

    `noticed` is the last notice told (working days left), `next_turn_on` the day on which time
    changes it next, None once time changes nothing. `submitted_at`, `submitted_on` and
    `late_working_days` belong to the first submission. `changed_at` is when its last change
    became true. `withdrawn`: the school took it back itself, where its state is "returned".
    """

    obligation_id: UUID
    school: str
    kind: str
    kind_version: int
    period: Period
    deadline: Deadline
    state: ObligationState
    noticed: int | None
    next_turn_on: date | None
    submissions: int
    submitted_at: datetime | None
    submitted_on: date | None
    late_working_days: int | None
    received_on: date | None
    correlation_id: UUID
    last_event_id: UUID | None
    changed_at: datetime
    version: int
    withdrawn: bool = False

    @property
    def due_on(self) -> date:
        """The last day that is in time."""
        return self.deadline.due_on

    def check_submit(self) -> None:
        """Raise `Problem` unless a report may be submitted now."""
        self._check_owed()
        if self.state not in WAITING and self.state != "returned":
            raise Problem("reports.already_submitted", submitted_on=str(self.submitted_on))

    def check_judge(self) -> None:
        """Raise `Problem` unless there is a report to receive or to return."""
        self._check_owed()
        if self.state == "received":
            raise Problem("reports.already_received", received_on=str(self.received_on))
        if self.state not in SENT:
            raise Problem("reports.not_submitted")

    def check_exempt(self) -> None:
        """Raise `Problem` unless the school can still be exempted."""
        self._check_owed()
        if self.state not in WAITING:
            raise Problem("reports.already_submitted", submitted_on=str(self.submitted_on))

    def check_extend(self) -> None:
        """Raise `Problem` unless its deadline still says something: nothing is submitted."""
        self.check_exempt()

    def _check_owed(self) -> None:
        if self.state == "exempt":
            raise Problem("reports.exempted")


def state_of_submission(number: int, late_working_days: int) -> ObligationState:
    """Return the state after submission `number`; lateness is of the submission's own day."""
    if number > 1:
        return "resubmitted"
    return "submitted_late" if late_working_days else "submitted_on_time"
