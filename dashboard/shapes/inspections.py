from typing import TypedDict

from dashboard.shapes.surveys import Said


class Inspection(TypedDict):
    """An inspection in a list; `rule` is None for one that somebody proposed by hand."""

    inspection_id: str
    school: str
    school_title: str
    kind: str
    state: str
    handled_at: str
    rule: str | None
    proposed_on: str
    order_due_on: str
    escalated_on: str | None
    ordered_on: str | None
    decision_number: str | None
    dismissed_on: str | None
    completed_on: str | None
    trigger_count: int
    finding_count: int
    open_remedies: int
    correlation_id: str


class Inspections(TypedDict):
    """Inspections, newest first."""

    items: list[Inspection]


class Share(TypedDict):
    """So many `reports` in `answers` answers of one campaign led to an inspection."""

    campaign_id: str
    reports: int
    answers: int


class ItemResult(TypedDict):
    """What was found at one item of the checklist."""

    item: str
    words: Said
    met: bool
    note: str


class DueChange(TypedDict):
    """A due date that the calendar moved; the old one is still shown."""

    old_due_on: str
    new_due_on: str
    changed_on: str
    legal_basis: str


class Remedy(TypedDict):
    """What is done about a finding. `working_days_left` is negative when overdue."""

    remedy_id: str
    inspection_id: str
    school: str
    school_title: str
    item: str
    kind: str
    severity: int
    description: str
    state: str
    assigned_on: str
    due_on: str
    due_changes: list[DueChange]
    working_days_left: int | None
    late_working_days: int
    explanation_required: bool
    explanation: str | None
    closed_on: str | None
    evidence: str | None
    correlation_id: str


class Remedies(TypedDict):
    """Remedies, those due first at the top."""

    items: list[Remedy]


class Finding(TypedDict):
    """An item that was not met."""

    finding_id: str
    item: str
    words: Said
    kind: str
    severity: int
    note: str
    found_on: str
    remedy_due_on: str
    remedies: list[Remedy]


class Step(TypedDict):
    """One step of an inspection; `at` is None where only its day is told."""

    step: str
    on: str
    at: str | None
    role: str


class Trigger(TypedDict):
    """An event that led to an inspection; `withdrawn_on` of a report whose batch was undone."""

    occurred_on: str
    withdrawn_on: str | None


class InspectionDetail(Inspection):
    """An inspection with all that led to it and followed from it."""

    note: str
    reason: str | None
    due_changes: list[DueChange]
    triggers: list[Trigger]
    shares: list[Share]
    checklist: list[ItemResult]
    findings: list[Finding]
    history: list[Step]


class Condition(TypedDict):
    """A condition of a rule, with what the event held."""

    field: str
    operator: str
    value: object
    actual: object
    held: bool


class Evaluation(TypedDict):
    """One rule judged one event: fired or not, and why."""

    evaluation_id: str
    rule: str
    rule_words: Said
    rule_enabled: bool
    event_type: str
    occurred_on: str
    school: str
    fired: bool
    conditions: list[Condition]
    outcome: str
    inspection_id: str | None
    correlation_id: str


class Evaluations(TypedDict):
    """Judgements of rules, newest first."""

    items: list[Evaluation]


class Task(TypedDict):
    """An improvement task: a campaign closed below its target."""

    task_id: str
    school: str
    school_title: str
    campaign_id: str
    state: str
    assigned_on: str
    due_on: str
    due_changes: list[DueChange]
    working_days_left: int | None
    late_working_days: int
    closed_on: str | None
    evidence: str | None
    correlation_id: str


class Tasks(TypedDict):
    """Improvement tasks, those due first at the top."""

    items: list[Task]


class ChecklistItem(TypedDict):
    """An item, and the severity that it has at least."""

    code: str
    words: Said
    severity: int


class SeverityTerm(TypedDict):
    """A severity, and the working days until its remedy is due."""

    severity: int
    words: Said
    working_days: int


class Choice(TypedDict):
    """A code and its words."""

    code: str
    words: Said


class Checklist(TypedDict):
    """Today's checklist, with the severities and remedies to choose from."""

    items: list[ChecklistItem]
    severities: list[SeverityTerm]
    remedy_kinds: list[Choice]


class DutyRatio(TypedDict):
    """Surprise checks of finished months ÷ those months."""

    school: str
    school_title: str
    year: int
    checks: int
    checks_this_month: int
    months: int
    ratio: float | None
    empty_months: list[int]


class DutyRatios(TypedDict):
    """A line per school."""

    items: list[DutyRatio]


class Petition(TypedDict):
    """A petition or suggestion."""

    petition_id: str
    receipt: str
    school: str
    school_title: str
    kind: str
    about_procedures: bool
    concerns_head: bool
    text: str
    contact: str
    state: str
    received_on: str
    due_on: str
    due_changes: list[DueChange]
    working_days_left: int | None
    late_working_days: int
    answered_on: str | None
    answer: str | None
    correlation_id: str


class Petitions(TypedDict):
    """Petitions, those due first at the top."""

    items: list[Petition]
