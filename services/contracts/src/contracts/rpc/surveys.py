"""Questions and commands that surveys answers: public campaigns, answers, campaigns, demands."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, NonNegativeInt, StrictInt, StringConstraints

from contracts.answers import MAX_TEXT
from contracts.codes import Access, ClassCode, Fingerprint
from contracts.days import Day
from contracts.events.surveys import DemandKind, FormKind, FormLength, Source
from contracts.forms import Form, Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.problems import ProblemReply, declare
from contracts.results import Results, Standing
from contracts.rpc.base import Request
from contracts.written import Long, Sentence, Short

declare(
    {
        "surveys.unknown_campaign": 404,
        "surveys.campaign_not_open": 409,  # not yet; params: opens_on
        "surveys.campaign_closed": 409,  # params: closed_on
        "surveys.submission_differs": 409,  # the id is known, the answers are others
        "surveys.answers_invalid": 422,  # params: errors: [{item, code}] as contracts.answers
        "surveys.unknown_school": 404,
        "surveys.unknown_form": 422,
        "surveys.wrong_dates": 422,
    }
)

CampaignState = Literal["planned", "open", "closed"]
Origin = Literal["calendar", "extra"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{16,32}$")]
FormsHandedOut = Annotated[StrictInt, Field(ge=1, le=1_000_000)]
_RANDOM = 4


def _carries_no_time(submission_id: UUID) -> UUID:
    if submission_id.version != _RANDOM:
        raise ValueError("a submission id carries no time: it is random (version 4)")
    return submission_id


SubmissionId = Annotated[UUID, AfterValidator(_carries_no_time)]
AnswerValue = StrictInt | Annotated[str, StringConstraints(max_length=4 * MAX_TEXT)]
Answers = Annotated[dict[str, AnswerValue], Field(max_length=100)]


class Demand(Model):
    """What a parent says was demanded against the rules. Read by few, never part of an event.

    `concerns_head`: it is about the head of the school, so the level above reads it, not the head.
    """

    kind: DemandKind = "other"
    what: Long = ""
    when: Short = ""
    concerns_head: bool = False


# --- the public side ---------------------------------------------------------------------------


class GetPublicCampaign(Request):
    """`get_public_campaign`: what a parent's page needs. Raises `surveys.unknown_campaign`."""

    noted = False
    slug: str


class PublicCampaign(Model):
    """A campaign as a parent sees it.

    `form` is what the campaign asks; once it is open it is frozen and may be kept for good by
    `slug`.

    `access`: whether the link is enough or a code is asked for; `classes` may stand in the link.
    """

    campaign_id: UUID
    slug: Slug
    school: SchoolCode
    school_title: str
    state: CampaignState
    opens_on: date
    closes_on: date
    legal_basis: str
    form: Form
    access: Access = "open"
    classes: tuple[ClassCode, ...] = ()


class Submission(Model):
    """One person's answers. `submission_id` is made by the sender, random, and kept for resends.

    `answers` is item code → value as `contracts.answers.check` takes it. `correlation_id` begins
    the chain of what follows from this answer; it stands in no log (`correlation.anonymous_id`).
    `code` is the fingerprint of a one-time code, which takes effect once; the class that the code
    was made for goes before `class_code`, and a class that the campaign doesn't have is dropped.
    """

    submission_id: SubmissionId
    correlation_id: UUID
    slug: str
    source: Source = "web"
    answers: Answers
    demand: Demand | None = None
    class_code: ClassCode | None = None
    code: Fingerprint | None = None


class SubmitResponses(Request):
    """`submit_responses`: a batch, stored in one transaction. The call's correlation is unused."""

    noted = False
    items: tuple[Submission, ...] = Field(min_length=1, max_length=200)


class Outcome(Model):
    """What became of one submission.

    `stored`: it is in, `receipt` is its code. `repeated`: the same id with the same body was in
    already, `receipt` is the code of then. `refused`: nothing was stored, `problem` says why.
    """

    submission_id: UUID
    status: Literal["stored", "repeated", "refused"]
    receipt: str | None = None
    problem: ProblemReply | None = None


class Outcomes(Model):
    """One outcome per submission, in the order in which they were sent."""

    items: tuple[Outcome, ...]


# --- the staff side ----------------------------------------------------------------------------


class Campaign(Model):
    """A campaign as staff see it in a list. While it is open, `responses` is all that is told.

    `own_days`: somebody gave it other days than the calendar's; it follows the calendar no more.
    `close_reason`: why it was closed before its day.
    """

    campaign_id: UUID
    school: SchoolCode
    school_title: str
    form: FormKind
    form_version: int
    form_words: Words
    period: PeriodRef
    opens_on: date
    closes_on: date
    closed_on: date | None
    state: CampaignState
    origin: Origin
    target_percent: int
    legal_basis: str
    handed_out: NonNegativeInt | None
    slug: Slug
    responses: NonNegativeInt
    standing: Standing | None
    version: int
    length: FormLength = "whole"
    own_days: bool = False
    close_reason: str | None = None


class CampaignDetail(Campaign):
    """One campaign; `results` only when it is closed."""

    results: Results | None


class ListCampaigns(Request):
    """`list_campaigns` in the actor's scope, newest first. `period` is a key: "2024-q1"."""

    school: SchoolCode | None = None
    form: FormKind | None = None
    state: CampaignState | None = None
    period: str | None = Field(default=None, max_length=20)


class Campaigns(Model):
    """Campaigns."""

    items: tuple[Campaign, ...]


class GetCampaign(Request):
    """`get_campaign`. Raises `resource.not_found`, for a campaign out of scope too."""

    campaign_id: UUID


class CreateCampaign(Request):
    """`create_campaign`: an extra one, beside those of the calendar. Returns `CampaignDetail`.

    `closes_on` is the last day that takes answers. Without `period` it stands for its own days,
    without `form_version` it asks the version that the calendar uses on its first day.
    Raises `surveys.unknown_school`, `surveys.unknown_form`, `surveys.wrong_dates`.
    """

    school: SchoolCode
    form: FormKind
    opens_on: Day
    closes_on: Day
    legal_basis: Sentence
    target_percent: StrictInt = Field(default=95, ge=1, le=100)
    handed_out: FormsHandedOut | None = None
    period: PeriodRef | None = None
    form_version: StrictInt | None = Field(default=None, ge=1, le=1_000_000)
    length: FormLength = "whole"


class UpdateCampaign(Request):
    """`update_campaign`: say how many forms were handed out. Refused once it is closed."""

    campaign_id: UUID
    handed_out: FormsHandedOut | None


class CloseCampaign(Request):
    """`close_campaign` before its day. Returns `CampaignDetail`; refused when it is not open."""

    campaign_id: UUID
    reason: Sentence


class DemandReport(Model):
    """A report of an improper demand, without its text."""

    report_id: UUID
    campaign_id: UUID
    school: SchoolCode
    form: FormKind
    kind: DemandKind
    concerns_head: bool
    day: date


class DemandDetail(DemandReport):
    """The same with what the parent wrote; reading it is audited. `erased_on`: it is gone."""

    what: str
    when: str
    erased_on: date | None = None


class ListDemands(Request):
    """`list_demands` in the actor's scope; what concerns the head only for the level above."""

    school: SchoolCode | None = None


class Demands(Model):
    """Reports, newest day first."""

    items: tuple[DemandReport, ...]


class GetDemand(Request):
    """`get_demand`. Raises `resource.not_found`, for what the actor may not see too."""

    report_id: UUID
