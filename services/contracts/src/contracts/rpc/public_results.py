"""Questions that everybody may ask about closed campaigns."""

from datetime import date

from pydantic import Field, NonNegativeInt

from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.results import Results, Standing
from contracts.rpc.base import Request
from contracts.rpc.surveys import Slug


class GetPublicResults(Request):
    """`get_public_results` of a campaign by its address. Raises `surveys.unknown_campaign`."""

    noted = False
    slug: str


class PublicResults(Model):
    """What everybody may read of a campaign once it is closed; before, `standing` is None."""

    slug: Slug
    school: SchoolCode
    school_title: str
    form_words: Words
    period: PeriodRef
    opens_on: date
    closed_on: date | None
    legal_basis: str
    target_percent: int
    responses: NonNegativeInt | None
    standing: Standing | None
    expectation: float | None
    results: Results | None


class GetSchoolResults(Request):
    """`get_school_results`: a school's closed campaigns. Raises `resource.not_found`."""

    noted = False
    school: str = Field(max_length=60)


class SchoolResults(Model):
    """A school's closed campaigns, newest first, without items."""

    school: SchoolCode
    school_title: str
    items: tuple[PublicResults, ...]
