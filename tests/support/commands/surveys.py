"""Commands of surveys."""

from typing import Final

from tests.support.commands.given import Command, Given, about, reason, saying

COMMANDS: Final[dict[str, Command]] = {
    "POST /api/v1/campaigns": Command(
        "surveys",
        "district_officer",
        "create_campaign",
        "campaign_id",
        lambda place: Given(body=place.campaign_body()) if place.known else Given(),
        after=True,
        spoilt={"school": "khong-co"},
    ),
    "POST /api/v1/campaigns/{campaign_id}/handed-out": Command(
        "surveys",
        "principal",
        "update_campaign",
        "campaign_id",
        lambda place: saying(about(campaign_id=place.campaign()), handed_out=40),
        before=True,
        after=True,
    ),
    "POST /api/v1/campaigns/{campaign_id}/close": Command(
        "surveys",
        "district_officer",
        "close_campaign",
        "campaign_id",
        lambda place: saying(about(campaign_id=place.campaign()), reason=reason()),
        before=True,
        after=True,
    ),
}
