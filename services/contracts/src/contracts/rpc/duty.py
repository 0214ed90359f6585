"""Questions about what duty checks look at, and how many a school carried out."""

from pydantic import Field, NonNegativeInt, StrictInt

from contracts.events.inspections import Severity
from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc.base import Request


class ChecklistItem(Model):
    """An item of the checklist and the severity that it has at least when it is not met."""

    code: str
    words: Words
    severity: Severity


class SeverityTerm(Model):
    """What a severity means: days to the remedy's due date, and what else it asks for."""

    severity: Severity
    words: Words
    working_days: int
    explanation_required: bool
    urgent: bool


class Choice(Model):
    """A code that people choose, and its words."""

    code: str
    words: Words


class Checklist(Model):
    """The checklist of today with everything that completing an inspection chooses from."""

    version: int
    items: tuple[ChecklistItem, ...]
    severities: tuple[SeverityTerm, ...]
    finding_kinds: tuple[Choice, ...]
    remedy_kinds: tuple[Choice, ...]


class GetChecklist(Request):
    """`get_checklist`."""


class DutyRatio(Model):
    """Surprise duty checks that a school carried out in a year ÷ its finished months (plan, R4).

    `checks` counts those of finished months, `checks_this_month` the rest; triggered and planned
    ones count nowhere. `ratio` is None before the first month is over. `empty_months` (1–12) are
    finished months without any: each is a warning.
    """

    school: SchoolCode
    school_title: str
    year: int
    checks: NonNegativeInt
    checks_this_month: NonNegativeInt
    months: NonNegativeInt
    ratio: float | None
    empty_months: tuple[int, ...]


class DutyRatios(Model):
    """One line per school in scope."""

    items: tuple[DutyRatio, ...]


class GetDutyRatio(Request):
    """`get_duty_ratio`; `year` None: this year."""

    year: StrictInt | None = Field(default=None, ge=2000, le=2200)
