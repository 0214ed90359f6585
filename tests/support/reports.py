"""Events that reports learns from, as tests let them happen."""

from datetime import date
from uuid import UUID, uuid4

from contracts.events.surveys import (
    CampaignClosed,
    CampaignOpened,
    FormKind,
    ItemCounts,
    ResponseSubmitted,
)
from contracts.periods import PeriodRef
from tests.support.schools import SCHOOL

OTHER = "con-thuyen-la"
Q1 = PeriodRef(
    kind="quarter",
    year=2024,
    index=1,
    starts_on=date(2023, 12, 15),
    ends_on=date(2024, 3, 14),
)


def opened(campaign_id: UUID, school: str = SCHOOL, form: FormKind = "tthc") -> CampaignOpened:
    """The campaign of the first quarter of 2024 opens."""
    return CampaignOpened(
        campaign_id=campaign_id,
        school=school,
        form=form,
        form_version=1,
        period=Q1,
        opens_on=date(2024, 3, 1),
        closes_on=date(2024, 3, 14),
        target_percent=95,
        legal_basis="Kế hoạch số 513/KH-GDĐT ngày 06/5/2019",
        version=2,
    )


def answered(campaign_id: UUID, school: str = SCHOOL) -> ResponseSubmitted:
    """One answer on 5 March 2024."""
    return ResponseSubmitted(
        campaign_id=campaign_id, school=school, form="tthc", source="web", day=date(2024, 3, 5)
    )


def closed(
    campaign_id: UUID | None = None,
    school: str = SCHOOL,
    form: FormKind = "tthc",
    *,
    valid: int = 120,
    satisfied: int = 114,
) -> CampaignClosed:
    """The campaign closes with these counts."""
    very = satisfied // 2
    overall = ItemCounts(
        item="F", group="overall", counts=(0, 0, valid - satisfied, satisfied - very, very)
    )
    return CampaignClosed(
        campaign_id=campaign_id or uuid4(),
        school=school,
        form=form,
        form_version=1,
        period=Q1,
        closed_on=date(2024, 3, 15),
        responses=valid + 3,
        handed_out=150,
        overall=overall,
        valid=valid,
        satisfied=satisfied,
        very_satisfied=very,
        target_percent=95,
        verdict="met" if satisfied * 100 >= 95 * valid else "not_met",
        conclusive=False,
        distribution=(overall,),
        improper_demands=0,
        version=3,
    )
