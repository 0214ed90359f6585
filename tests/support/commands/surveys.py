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
    "POST /api/v1/campaigns/{campaign_id}/access": Command(
        "surveys",
        "principal",
        "change_campaign_access",
        "campaign_id",
        lambda place: saying(
            about(campaign_id=place.campaign()), access="codes", classes=["Lá 1", "Lá 2"]
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/campaigns/{campaign_id}/codes": Command(
        "surveys",
        "principal",
        "issue_codes",
        "campaign_id",
        lambda place: saying(about(campaign_id=place.campaign_of_codes()), number=2),
        after=True,
    ),
    "POST /api/v1/campaigns/{campaign_id}/slips": Command(
        "surveys",
        "principal",
        "enter_slips",
        "batch_id",
        lambda place: saying(about(campaign_id=place.campaign()), **place.slips_body()),
        after=True,
    ),
    "POST /api/v1/campaigns/{campaign_id}/imports": Command(
        "surveys",
        "principal",
        "import_sheet",
        "batch_id",
        lambda place: saying(about(campaign_id=place.campaign()), **place.sheet_body()),
        after=True,
    ),
    "POST /api/v1/batches/{batch_id}/undo": Command(
        "surveys",
        "principal",
        "undo_batch",
        "batch_id",
        lambda place: about(batch_id=place.batch()),
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
