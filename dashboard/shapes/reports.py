from typing import TypedDict

from dashboard.shapes.surveys import Period, Said

# Something is still to be sent.
OPEN = frozenset({"upcoming", "due_soon", "overdue", "returned"})
# Nothing has been sent yet: the deadline still says something.
WAITING = frozenset({"upcoming", "due_soon", "overdue"})


class DeadlineStep(TypedDict):
    """One reason why a deadline is the day that it is."""

    words: Said


class Deadline(TypedDict):
    """The last day that is in time, and the steps that led to it."""

    due_on: str
    version: int
    legal_basis: str
    steps: list[DeadlineStep]


class Obligation(TypedDict):
    """A report that a school owes. `working_days_left` is negative when it is overdue."""

    obligation_id: str
    school: str
    school_title: str
    kind: str
    kind_words: Said
    period: Period
    state: str
    due_on: str
    deadline: Deadline
    working_days_left: int | None
    submitted_on: str | None
    late_working_days: int | None
    received_on: str | None
    withdrawn: bool
    stage: str | None


class Obligations(TypedDict):
    """Reports that are owed, earliest deadline first."""

    items: list[Obligation]


class FormerDeadline(TypedDict):
    """A deadline that a change of the calendar or an extension replaced."""

    deadline: Deadline
    replaced_at: str


class Recipient(TypedDict):
    """Who gets a report, and why."""

    words: Said
    purpose: Said


class HistoryEntry(TypedDict):
    """One step in the life of a report."""

    at: str
    what: str
    by_role: str
    by_name: str
    note: str
    params: dict[str, str]


class Preparation(TypedDict):
    """How far a report is inside its school; `note` is of the head who gave it back."""

    stage: str
    writer: str
    note: str
    approved_by: str | None
    approved_at: str | None
    in_place: bool


class SignedFile(TypedDict):
    """The signed report as the e-office sent it."""

    file_name: str
    sha256: str
    sent_at: str


class Submission(TypedDict):
    """One submission; `signed_file` is of one through the e-office."""

    number: int
    signed_file: SignedFile | None


class SigningAuthority(TypedDict):
    """A deputy signs in place of the principal, both days included."""

    authority_id: str
    deputy_name: str
    valid_from: str
    valid_to: str
    reason: str
    ended_at: str | None


class SigningAuthorities(TypedDict):
    """Authorities, the newest first."""

    items: list[SigningAuthority]


class ObligationDetail(Obligation):
    """A report with its history; `written` are the parts that its document says.

    While the period is not over, its figures still change.
    """

    correlation_id: str
    recipients: list[Recipient]
    regime: str
    checklist: list[Said]
    written: list[int]
    period_over: bool
    former_deadlines: list[FormerDeadline]
    submitted: list[Submission]
    history: list[HistoryEntry]
    preparation: Preparation | None


class Satisfaction(TypedDict):
    """A form's result; None where it is open or too few answered; a verdict for one school only."""

    campaign_id: str | None
    state: str
    responses: int
    valid: int | None
    percent: float | None
    very_satisfied_percent: float | None
    wilson_low: float | None
    wilson_high: float | None
    enough: bool
    target_percent: int | None
    verdict: str | None
    conclusive: bool | None


class InspectionFigures(TypedDict):
    """Inspections by state."""

    proposed: int
    escalated: int
    ordered: int
    completed: int


class RemedyFigures(TypedDict):
    """Remedies by state."""

    open: int
    overdue: int
    closed: int


class PetitionFigures(TypedDict):
    """Petitions by state."""

    open: int
    overdue: int
    answered: int


class Timeliness(TypedDict):
    """Reports by how they stand to their deadlines."""

    on_time: int
    late: int
    overdue: int
    open: int
    on_time_percent: float | None


class KindTimeliness(Timeliness):
    """The same for one kind of report."""

    kind: str
    kind_words: Said


class SchoolRow(TypedDict):
    """One school in the overview."""

    school: str
    title: str
    tthc: Satisfaction | None
    care: Satisfaction | None
    inspections: InspectionFigures
    remedies: RemedyFigures
    petitions: PetitionFigures
    improvement_tasks: int
    improper_demands: int
    timeliness: Timeliness


class Overview(TypedDict):
    """The district's page in one reply."""

    as_of: str
    year: Period
    period: Period | None
    periods: list[Period]
    minimum_sample: int
    overdue: list[Obligation]
    kinds: list[KindTimeliness]
    tthc: Satisfaction | None
    care: Satisfaction | None
    schools: list[SchoolRow]


class PeriodFigures(TypedDict):
    """What a school's parents said about one period."""

    period: Period
    tthc: Satisfaction | None
    care: Satisfaction | None


class Figures(TypedDict):
    """One school: its row as of today, and its satisfaction period by period, newest first."""

    as_of: str
    year: Period
    row: SchoolRow
    periods: list[PeriodFigures]
