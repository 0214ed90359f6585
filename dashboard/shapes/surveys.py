from typing import TypedDict


class Said(TypedDict):
    """The same words in both languages, as a survey form carries them."""

    vi: str
    en: str


class Period(TypedDict):
    """A reporting period and its window."""

    kind: str
    year: int
    index: int
    starts_on: str
    ends_on: str


class Rate(TypedDict):
    """Exact counts and unrounded percentages; None where nothing is valid."""

    satisfied: int
    very_satisfied: int
    valid: int
    percent: float | None
    very_satisfied_percent: float | None
    mean: float | None
    wilson_low: float | None
    wilson_high: float | None


class Standing(TypedDict):
    """How a closed campaign stands to its target; no rate where too few answered."""

    verdict: str
    conclusive: bool
    rate: Rate | None
    response_percent: float | None


class Campaign(TypedDict):
    """A campaign; while it is open its number of answers is all that is told."""

    campaign_id: str
    school: str
    school_title: str
    form: str
    form_version: int
    form_words: Said
    period: Period
    opens_on: str
    closes_on: str
    closed_on: str | None
    state: str
    origin: str
    target_percent: int
    legal_basis: str
    handed_out: int | None
    slug: str
    responses: int
    standing: Standing | None
    length: str
    own_days: bool
    close_reason: str | None


class Campaigns(TypedDict):
    """Campaigns, newest first."""

    items: list[Campaign]


class ItemResult(TypedDict):
    """What came out for one item; hidden below five answers."""

    item: str
    group: str
    kind: str
    words: Said
    hidden: bool
    valid: int | None
    counts: list[int] | None
    rate: Rate | None
    mean: float | None


class GroupResult(TypedDict):
    """The pooled items of one group."""

    group: str
    words: Said
    hidden: bool
    rate: Rate | None


class Results(TypedDict):
    """The results of a closed campaign."""

    filtered_out: int | None
    improper_demands: int
    lowest_item: str | None
    groups: list[GroupResult]
    items: list[ItemResult]


class CampaignDetail(Campaign):
    """A campaign with its results, once it is closed."""

    results: Results | None


class Demand(TypedDict):
    """A report of an improper demand, without what the parent wrote."""

    report_id: str
    campaign_id: str
    school: str
    form: str
    kind: str
    concerns_head: bool
    day: str


class Demands(TypedDict):
    """Reports, newest first."""

    items: list[Demand]


class DemandDetail(Demand):
    """The same with what the parent wrote, or the day on which that was erased."""

    what: str
    when: str
    erased_on: str | None


class FormItem(TypedDict):
    """One question of a form."""

    code: str
    kind: str
    words: Said
    not_applicable: bool


class FormGroup(TypedDict):
    """Questions under one heading; `filtered`: the filter's "no" skips them."""

    words: Said
    filtered: bool
    items: list[FormItem]


class PublicForm(TypedDict):
    """A form as parents see it."""

    filter: FormItem | None
    groups: list[FormGroup]
    demand: str | None


class PublicCampaign(TypedDict):
    """A campaign as parents see it."""

    slug: str
    form: PublicForm
    classes: list[str]


class CodeIssue(TypedDict):
    """So many codes were made on a day."""

    issued_on: str
    class_code: str | None
    number: int


class CampaignAccess(TypedDict):
    """Who may answer a campaign."""

    access: str
    classes: list[str]
    issues: list[CodeIssue]
    issued: int


class Batch(TypedDict):
    """Answers from paper that can be undone together."""

    batch_id: str
    kind: str
    title: str
    state: str
    answers: int
    total: int
    entered_on: str
    undone_on: str | None


class Batches(TypedDict):
    """The batches of a campaign."""

    items: list[Batch]
