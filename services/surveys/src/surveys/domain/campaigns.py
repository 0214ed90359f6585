"""A campaign: one form at one school, for some days; planned → open → closed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.codes import Access
from contracts.events.surveys import FormKind, FormLength
from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc.surveys import CampaignState, Origin

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Campaign:
    """One row. `closes_on` is the last day that takes answers; `responses` is set at the closing.

    `correlation_id` and `last_event_id` continue the campaign's chain of events. `items` are those
    that a short form asks, None for the whole form. `own_days`: it doesn't follow the calendar.
    `close_reason`: why it was closed before its day.

    `access`: whether its link is enough or a code is asked for; `classes` may stand in links.

    `called_off`: planned once, and the calendar wants it no more: nobody finds it. It is kept for
    its address and codes, which may be printed, in case the calendar wants it again.

    `comments_erased_on`: what parents wrote was kept until then.
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
    items: tuple[str, ...] | None = None
    own_days: bool = False
    close_reason: str | None = None
    access: Access = "open"
    classes: tuple[str, ...] = ()
    called_off: bool = False
    comments_erased_on: date | None = None

    @property
    def length(self) -> FormLength:
        """Whether all of the form is asked."""
        return "whole" if self.items is None else "short"

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
