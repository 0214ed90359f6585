from typing import TypedDict

from dashboard.shapes.surveys import Said


class Item(TypedDict):
    """One question of a form."""

    code: str
    kind: str
    words: Said
    required: bool
    not_applicable: bool


class Group(TypedDict):
    """Questions under one heading."""

    code: str
    words: Said
    filtered: bool
    items: list[Item]


class Form(TypedDict):
    """What a version asks."""

    kind: str
    version: int
    words: Said
    intro: Said
    filter: Item | None
    groups: list[Group]
    overall: str
    demand: str | None


class FormVersion(TypedDict):
    """A published version; `used_from` are the days from which the calendar asks it."""

    kind: str
    version: int
    words: Said
    items: int
    shipped: bool
    used_from: list[str]
    published_on: str | None
    published_by: str | None


class Forms(TypedDict):
    """Published versions, by kind, the newest first."""

    items: list[FormVersion]


class FormDetail(FormVersion):
    """A version with its items."""

    form: Form


class CheckedForm(TypedDict):
    """What a file was read as."""

    form: Form
    items: int
    published: bool


class DayOfYear(TypedDict):
    """A day that comes each year."""

    month: int
    day: int


class CampaignRule(TypedDict):
    """How the calendar makes campaigns from a day on."""

    valid_from: str
    legal_basis: str
    target_percent: int
    field_working_days: int
    term_begins: DayOfYear
    term_ends: DayOfYear
    care_length: str
    in_force: bool


class CareLength(TypedDict):
    """A school with a care form of its own length."""

    school: str
    length: str


class CampaignRules(TypedDict):
    """The rules, the newest first, and the schools that differ."""

    items: list[CampaignRule]
    care_lengths: list[CareLength]


class Exemption(TypedDict):
    """An exemption: of whom, from what, by whom, when and why."""

    exemption_id: str
    school: str
    school_title: str
    form: str | None
    starts_on: str
    ends_on: str
    reason: str
    made_on: str
    made_by: str
    lifted_on: str | None
    lifted_by: str | None


class Exemptions(TypedDict):
    """Exemptions, the latest days first."""

    items: list[Exemption]


class TriggerRule(TypedDict):
    """A rule of inspections: what follows from an event."""

    code: str
    words: Said
    event_type: str
    action: str
    working_days: int
    enabled: bool


class TriggerRules(TypedDict):
    """The newest version of each rule."""

    items: list[TriggerRule]
