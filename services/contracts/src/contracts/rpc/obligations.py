"""What schools owe: kinds of report, obligations with their deadlines, submissions."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import NonNegativeInt, StringConstraints

from contracts.events.directory import Hierarchy
from contracts.forms import Words
from contracts.ids import SchoolCode, UnitCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.problems import declare
from contracts.rpc.base import Request, Role
from contracts.rpc.preparing import Holds, Preparation, PreparationStage, SignedFile
from contracts.written import Sentence

declare(
    {
        "reports.already_submitted": 409,  # params: submitted_on
        "reports.not_submitted": 409,  # there is nothing to receive or return
        "reports.already_received": 409,  # params: received_on
        "reports.exempted": 409,  # nothing is owed
        "reports.unknown_period": 404,  # params: period
    }
)

ObligationState = Literal[
    "upcoming",
    "due_soon",
    "overdue",
    "submitted_on_time",
    "submitted_late",
    "returned",
    "resubmitted",
    "received",
    "exempt",
]
# Beside both the district asks ad hoc (đột xuất): contracts/rpc/requests.py.
Regime = Literal["periodic", "thematic"]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class DeadlineStep(Model):
    """One step of a deadline's explanation, as a code with its params and as a sentence."""

    code: str
    params: dict[str, str]
    words: Words


class DeadlineExplained(Model):
    """The last day that is in time, and why it is that day."""

    due_on: date
    rule: str
    version: int
    legal_basis: str
    steps: tuple[DeadlineStep, ...]


class Recipient(Model):
    """Who gets the report and why (`b/cáo`, `t/hiện`, `Lưu`).

    `unit` is the school's superior in `hierarchy` at the date; None where nobody is told to stand
    there, or where the recipient is inside the school (`hierarchy` None).
    """

    words: Words
    purpose: Words
    hierarchy: Hierarchy | None = None
    unit: UnitCode | None = None


class Kind(Model):
    """A kind of report, one version of it. `periods`: "quarter", "quarter-1", "first_half", ….

    `regime`: of a field's whole work (định kỳ), or on one subject (chuyên đề).
    `wording`: by the day ("chậm nhất ngày") or before it ("trước ngày"). `note`: other deadlines
    to know of. `checklist`: what the report has to hold.
    """

    code: str
    words: Words
    version: int
    effective_from: date
    periods: tuple[str, ...]
    day: int
    wording: Literal["by", "before"]
    legal_basis: str
    recipients: tuple[Recipient, ...]
    note: Words | None
    checklist: tuple[Words, ...] = ()
    regime: Regime = "periodic"


class ListKinds(Request):
    """`list_kinds`: the versions in force today."""


class Kinds(Model):
    """Kinds, in the order of their file."""

    items: tuple[Kind, ...]


class Obligation(Model):
    """A school owes a report of a kind for a period.

    `submitted_on` and `late_working_days` are of the first submission, for good; 0 is on time.
    `working_days_left` counts to the deadline while nothing is submitted, negative when overdue.
    `withdrawn`: it is `returned` because the school took it back. `stage` is told inside the school
    alone; None is also a report that nobody prepares.
    """

    obligation_id: UUID
    school: SchoolCode
    school_title: str
    kind: str
    kind_words: Words
    period: PeriodRef
    state: ObligationState
    due_on: date
    deadline: DeadlineExplained
    working_days_left: int | None
    submitted_on: date | None
    late_working_days: NonNegativeInt | None
    submissions: NonNegativeInt
    received_on: date | None
    version: int
    withdrawn: bool = False
    stage: PreparationStage | None = None


class Submission(Model):
    """One submission of a report; `number` 1 is the first, later ones follow a return.

    `by_name` is empty for readers above the school, who see the role alone.
    """

    number: int
    submitted_at: datetime
    submitted_on: date
    late_working_days: NonNegativeInt
    by_role: Role
    by_name: str
    note: str
    signed_file: SignedFile | None = None


class FormerDeadline(Model):
    """A deadline that a change of the calendar or an extension replaced."""

    deadline: DeadlineExplained
    replaced_at: datetime


class HistoryEntry(Model):
    """One step in the life of an obligation. `note` is the reason or remark of a person.

    `by_name` of the school's staff is empty for readers above the school, who see the role alone.

    `what`: created, due_soon, overdue, submitted, received, returned, withdrawn, exempted,
    deadline_moved, extended; and inside the school alone draft_begun, handed_in, given_back,
    approved.
    """

    at: datetime
    what: str
    by_role: Role
    by_name: str
    note: str
    params: dict[str, str]


class ObligationDetail(Obligation):
    """One obligation with its history (Quá trình xử lý), oldest first.

    `checklist`: what the report has to hold, by the version of its kind. `written`: the numbers,
    from 1, of the parts that its newest document says; told inside the school alone. While the
    period is not over (`period_over`), its figures still change.
    """

    correlation_id: UUID
    recipients: tuple[Recipient, ...]
    regime: Regime = "periodic"
    checklist: tuple[Words, ...] = ()
    written: tuple[int, ...] = ()
    period_over: bool = True
    former_deadlines: tuple[FormerDeadline, ...]
    submitted: tuple[Submission, ...]
    history: tuple[HistoryEntry, ...]
    preparation: Preparation | None = None


class ListObligations(Request):
    """`list_obligations` in the actor's scope, earliest deadline first."""

    school: SchoolCode | None = None
    state: ObligationState | None = None
    kind: str | None = None
    period: str | None = None


class Obligations(Model):
    """Obligations."""

    items: tuple[Obligation, ...]


class GetObligation(Request):
    """`get_obligation`: returns `ObligationDetail`. Raises `resource.not_found`."""

    obligation_id: UUID


class SubmitReport(Request):
    """`submit_report`: the report leaves the school now. Returns `ObligationDetail`.

    After a return it is a resubmission. The principal, or a deputy who signs in place, approves by
    submitting; anybody else submits what is approved. Each part of the checklist is written in the
    report's document, or the sender vouches for it with its number in `holds`. Raises
    `reports.already_submitted`, `reports.exempted`, `reports.not_approved`, `reports.incomplete`.
    """

    obligation_id: UUID
    note: Note = ""
    holds: Holds = ()


class ReceiveReport(Request):
    """`receive_report`: the authority takes it. Returns `ObligationDetail`.

    Raises `reports.not_submitted`, `reports.already_received`, `reports.exempted`.
    """

    obligation_id: UUID


class ReturnReport(Request):
    """`return_report`: the authority gives it back. Returns `ObligationDetail`; as receiving."""

    obligation_id: UUID
    reason: Sentence


class ExemptObligation(Request):
    """`exempt_obligation`: nothing is owed. Returns `ObligationDetail`.

    Raises `reports.already_submitted`, `reports.exempted`.
    """

    obligation_id: UUID
    reason: Sentence
