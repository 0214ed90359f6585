"""Questions and commands that reports answers: kinds, obligations, the overview, figures."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import NonNegativeInt, StringConstraints

from contracts.events.directory import Hierarchy
from contracts.events.surveys import FormKind, Verdict
from contracts.forms import Words
from contracts.ids import SchoolCode, UnitCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.problems import declare
from contracts.rpc.base import Request, Role
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
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


# --- deadlines and kinds -----------------------------------------------------------------------


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

    `wording`: by the day ("chậm nhất ngày") or before it ("trước ngày"). `note`: other deadlines
    to know of.
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


class ListKinds(Request):
    """`list_kinds`: the versions in force today."""


class Kinds(Model):
    """Kinds, in the order of their file."""

    items: tuple[Kind, ...]


# --- obligations -------------------------------------------------------------------------------


class Obligation(Model):
    """A school owes a report of a kind for a period.

    `submitted_on` and `late_working_days` are of the first submission, for good; 0 is on time.
    `working_days_left` counts to the deadline while nothing is submitted, negative when overdue.
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


class Submission(Model):
    """One submission of a report; `number` 1 is the first, later ones follow a return."""

    number: int
    submitted_at: datetime
    submitted_on: date
    late_working_days: NonNegativeInt
    by_role: Role
    by_name: str
    note: str


class FormerDeadline(Model):
    """A deadline that a change of the calendar replaced."""

    deadline: DeadlineExplained
    replaced_at: datetime


class HistoryEntry(Model):
    """One step in the life of an obligation. `note` is the reason or remark of a person.

    `what`: created, due_soon, overdue, submitted, received, returned, exempted,
    deadline_moved.
    """

    at: datetime
    what: str
    by_role: Role
    by_name: str
    note: str
    params: dict[str, str]


class ObligationDetail(Obligation):
    """One obligation with its history (Quá trình xử lý), oldest first."""

    correlation_id: UUID
    recipients: tuple[Recipient, ...]
    former_deadlines: tuple[FormerDeadline, ...]
    submitted: tuple[Submission, ...]
    history: tuple[HistoryEntry, ...]


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

    After a return it is a resubmission. Raises `reports.already_submitted`, `reports.exempted`.
    """

    obligation_id: UUID
    note: Note = ""


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


# --- figures -----------------------------------------------------------------------------------


class SatisfactionFigures(Model):
    """A form's result for a period, of one school or pooled from the counts of many.

    While open only `responses` is told. `satisfied` to `wilson_high` are None when fewer than 5
    answers are valid. `enough`: the sample reaches the minimum for a comparison. `verdict`,
    `conclusive` and `target_percent` are a single campaign's; pooled figures have none.
    """

    form: FormKind
    campaign_id: UUID | None
    state: Literal["open", "closed"]
    responses: NonNegativeInt
    handed_out: NonNegativeInt | None
    valid: NonNegativeInt | None
    satisfied: NonNegativeInt | None
    very_satisfied: NonNegativeInt | None
    percent: float | None
    very_satisfied_percent: float | None
    wilson_low: float | None
    wilson_high: float | None
    enough: bool
    target_percent: int | None
    verdict: Verdict | None
    conclusive: bool | None


class InspectionFigures(Model):
    """Inspections by state: what waits now, and what ended since the reporting year began."""

    proposed: NonNegativeInt = 0
    escalated: NonNegativeInt = 0
    ordered: NonNegativeInt = 0
    completed: NonNegativeInt = 0
    dismissed: NonNegativeInt = 0


class RemedyFigures(Model):
    """Remedies: open in time, overdue, and closed since the reporting year began."""

    open: NonNegativeInt = 0
    overdue: NonNegativeInt = 0
    closed: NonNegativeInt = 0


class PetitionFigures(Model):
    """Petitions and suggestions: open in time, overdue, answered since the year began."""

    open: NonNegativeInt = 0
    overdue: NonNegativeInt = 0
    answered: NonNegativeInt = 0


class Timeliness(Model):
    """Obligations whose deadline lies in the reporting year, by how they stand."""

    on_time: NonNegativeInt = 0
    late: NonNegativeInt = 0
    overdue: NonNegativeInt = 0
    open: NonNegativeInt = 0
    exempt: NonNegativeInt = 0
    on_time_percent: float | None = None


class KindTimeliness(Timeliness):
    """The same for one kind over all schools in scope."""

    kind: str
    kind_words: Words


class SchoolRow(Model):
    """One school in the overview. `tthc` and `care` are None where there was no campaign."""

    school: SchoolCode
    title: str
    tthc: SatisfactionFigures | None
    care: SatisfactionFigures | None
    inspections: InspectionFigures
    findings: NonNegativeInt
    remedies: RemedyFigures
    petitions: PetitionFigures
    improvement_tasks: NonNegativeInt
    improper_demands: NonNegativeInt
    timeliness: Timeliness


class GetOverview(Request):
    """`get_overview` of the schools in scope. `period` is a key; by default the last with results.

    Raises `reports.unknown_period`.
    """

    period: str | None = None


class Overview(Model):
    """The district's page: what is overdue first, then shares by kind, then a row per school.

    `year` is the reporting year of `as_of`. `tthc` and `care` pool the schools' counts.
    """

    as_of: date
    year: PeriodRef
    period: PeriodRef | None
    periods: tuple[PeriodRef, ...]
    minimum_sample: int
    overdue: tuple[Obligation, ...]
    kinds: tuple[KindTimeliness, ...]
    tthc: SatisfactionFigures | None
    care: SatisfactionFigures | None
    schools: tuple[SchoolRow, ...]


class GetFigures(Request):
    """`get_figures` of one school. Raises `resource.not_found`."""

    school: SchoolCode


class PeriodFigures(Model):
    """What a school's parents said about one period."""

    period: PeriodRef
    tthc: SatisfactionFigures | None
    care: SatisfactionFigures | None


class Figures(Model):
    """One school: its row as of today, and satisfaction period by period, newest first."""

    as_of: date
    year: PeriodRef
    row: SchoolRow
    periods: tuple[PeriodFigures, ...]
