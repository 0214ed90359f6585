import asyncio
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc.base import PARENT, Call
from contracts.rpc.surveys import CampaignState, PublicCampaign
from gateway.campaigns import KEPT_SECONDS, Campaigns
from tests.support.surveys import CARE, TTHC

CALL = Call(actor=PARENT, correlation_id=uuid4())
SLUG = "a" * 16


class Surveys:
    """Stands for the RPC client in front of surveys."""

    def __init__(self) -> None:
        self.asked = 0
        self.problem: Problem | None = None
        self.state: CampaignState = "open"
        self.form = TTHC

    async def call(self, *_: Any, **__: Any) -> Any:
        self.asked += 1
        await asyncio.sleep(0)
        if self.problem is not None:
            raise self.problem
        return PublicCampaign(
            campaign_id=uuid4(),
            slug=SLUG,
            school="hoa-cuc-mau",
            school_title="Trường Mầm non Hoa Cúc (mẫu)",
            state=self.state,
            opens_on=date(2024, 3, 1),
            closes_on=date(2024, 3, 14),
            legal_basis="Kế hoạch số 513/KH-GDĐT",
            form=self.form,
        )


def test_those_who_ask_together_share_one_lookup_and_later_ones_ask_anew() -> None:
    async def main() -> None:
        surveys, now = Surveys(), [0.0]
        campaigns = Campaigns(surveys, lambda: now[0])
        await asyncio.gather(*(campaigns.get(SLUG, CALL) for _ in range(50)))
        assert surveys.asked == 1
        now[0] += KEPT_SECONDS
        await campaigns.get(SLUG, CALL)
        assert surveys.asked == 2

    asyncio.run(main())


def test_a_form_is_kept_for_good() -> None:
    async def main() -> None:
        surveys, now = Surveys(), [0.0]
        campaigns = Campaigns(surveys, lambda: now[0])
        await campaigns.form(SLUG, CALL)
        now[0] += 1e6
        surveys.problem = Problem("service.unavailable")
        assert await campaigns.form(SLUG, CALL) == TTHC
        assert surveys.asked == 1

    asyncio.run(main())


def test_the_form_of_a_planned_campaign_may_still_change() -> None:
    async def main() -> None:
        surveys, now = Surveys(), [0.0]
        surveys.state = "planned"
        campaigns = Campaigns(surveys, lambda: now[0])
        assert await campaigns.form(SLUG, CALL) == TTHC
        now[0] += KEPT_SECONDS
        surveys.state, surveys.form = "open", CARE
        assert await campaigns.form(SLUG, CALL) == CARE

    asyncio.run(main())


def test_a_failed_lookup_is_not_kept() -> None:
    async def main() -> None:
        surveys = Surveys()
        campaigns = Campaigns(surveys, lambda: 0.0)
        surveys.problem = Problem("service.unavailable")
        with pytest.raises(Problem, match=r"service\.unavailable"):
            await campaigns.get(SLUG, CALL)
        surveys.problem = None
        assert (await campaigns.get(SLUG, CALL)).slug == SLUG

    asyncio.run(main())


@pytest.mark.parametrize("slug", ["", "short", "A" * 16, "a" * 33, "a" * 15 + "ạ"])
def test_what_is_no_slug_is_asked_of_nobody(slug: str) -> None:
    surveys = Surveys()
    with pytest.raises(Problem, match=r"surveys\.unknown_campaign"):
        asyncio.run(Campaigns(surveys).get(slug, CALL))
    assert surveys.asked == 0
