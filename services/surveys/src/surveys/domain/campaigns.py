"""A campaign: one form at one school, for some days; planned → open → closed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.codes import Access
from contracts.events.surveys import FormKind
from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc.surveys import CampaignState, Origin

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Campaign:
    """One row. `closes_on` is the last day that takes answers; `responses` is set at the closing.

    `access`: whether its link is enough or a code is asked for; `classes` may stand in links.

    `correlation_id` and `last_event_id` continue the campaign's chain of events.
    """

    id: UUID
    school: str
    form: FormKind
    form_version: int
    period: PeriodRef
    opens_on: date
    closes_on: date
    closed_on: date | None
    state: CampaignState
    origin: Origin
    target_percent: int
    legal_basis: str
    handed_out: int | None
    slug: str
    correlation_id: UUID
    last_event_id: UUID | None
    responses: int | None
    version: int
    access: Access = "open"
    classes: tuple[str, ...] = ()

    def refuse_answers(self, today: date) -> Problem | None:
        """Return why an answer of today is not taken, or None when it is."""
        if self.state == "planned":
            return Problem("surveys.campaign_not_open", opens_on=self.opens_on.isoformat())
        if self.state == "closed" or today > self.closes_on:
            closed_on = self.closed_on or self.closes_on + timedelta(days=1)
            return Problem("surveys.campaign_closed", closed_on=closed_on.isoformat())
        return None


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Vietnam."""
    return datetime.combine(day, time(), VIETNAM)


def opening_moment(opens_on: date) -> datetime:
    """Return the moment at which a campaign opens by the calendar."""
    return start_of(opens_on)


def closing_moment(closes_on: date) -> datetime:
    """Return the moment at which a campaign closes by the calendar: its last day is over."""
    return start_of(closes_on + timedelta(days=1))
