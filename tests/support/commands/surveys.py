"""Commands of surveys."""

import base64
from typing import Final

from tests.support.commands.given import Command, Given, about, reason, saying
from tests.support.place import Place, number
from tests.support.surveys import form_text


def _form(_: Place) -> Given:
    text = form_text("care").replace("vi: Ý kiến về", f"vi: Ý kiến {number()} về")
    content = base64.b64encode(text.encode()).decode("ascii")
    return Given(body={"format": "yaml", "content": content, "publish": True})


def _rule(place: Place) -> Given:
    return Given(
        body={
            "valid_from": place.day_ahead(),
            "legal_basis": reason(),
            "target_percent": 95,
            "field_working_days": 10,
            "term_begins": {"month": 9, "day": 5},
            "term_ends": {"month": 5, "day": 31},
            "care_length": "whole",
        }
    )


def _withdrawn(place: Place) -> Given:
    rule = _rule(place).body
    place.send("POST /campaign-rules", "district_officer", **rule)
    return Given({"valid_from": rule["valid_from"]})


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
    "POST /api/v1/campaigns/{campaign_id}/days": Command(
        "surveys",
        "district_officer",
        "set_campaign_days",
        "campaign_id",
        lambda place: saying(
            about(campaign_id=place.planned_campaign()),
            **dict.fromkeys(("opens_on", "closes_on"), place.day_soon()),
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/forms": Command(
        "surveys",
        "district_officer",
        "add_form",
        lambda _, answer: f"{answer['form']['kind']}/{answer['form']['version']}",
        _form,
        of_school=False,
        after=True,
        spoilt={"content": base64.b64encode(b"kind: care").decode("ascii")},
    ),
    "POST /api/v1/forms/{form}/{version}/use": Command(
        "surveys",
        "district_officer",
        "use_form",
        lambda given, _: f"{given.path['form']}/{given.path['version']}",
        lambda place: Given({"form": "care", "version": "1"}, {"valid_from": place.day_ahead()}),
        of_school=False,
        before=True,
        after=True,
        spoilt={"valid_from": "2001-01-01"},
    ),
    "POST /api/v1/campaign-rules": Command(
        "surveys",
        "district_officer",
        "set_campaign_rule",
        "valid_from",
        _rule,
        of_school=False,
        after=True,
        spoilt={"valid_from": "2001-01-01"},
    ),
    "POST /api/v1/campaign-rules/{valid_from}/withdraw": Command(
        "surveys",
        "district_officer",
        "withdraw_campaign_rule",
        "valid_from",
        _withdrawn,
        of_school=False,
        before=True,
    ),
    "POST /api/v1/schools/{school}/care-length": Command(
        "surveys",
        "district_officer",
        "set_care_length",
        "school",
        lambda place: Given({"school": place.school}, {"length": place.other_length()}),
        before=True,
        after=True,
    ),
    "POST /api/v1/exemptions": Command(
        "surveys",
        "district_officer",
        "exempt_school",
        "exemption_id",
        lambda place: Given(body=place.exemption_body()) if place.known else Given(),
        after=True,
        spoilt={"school": "khong-co"},
    ),
    "POST /api/v1/keeping-rules": Command(
        "surveys",
        "district_officer",
        "set_keeping_rule",
        lambda _, answer: f"{answer['words']}/{answer['valid_from']}",
        lambda place: Given(
            body={
                "words": "comments",
                "valid_from": place.day_ahead(),
                "months": 24,
                "legal_basis": reason(),
            }
        ),
        of_school=False,
        after=True,
        spoilt={"valid_from": "2001-01-01"},
    ),
    "POST /api/v1/campaigns/{campaign_id}/comments/{comment_id}/erase": Command(
        "surveys",
        "principal",
        "erase_comment",
        "campaign_id",
        lambda place: saying(about(**place.comment()), reason=reason()),
        after=True,
    ),
    "POST /api/v1/demands/{report_id}/erase": Command(
        "surveys",
        "district_officer",
        "erase_report",
        "report_id",
        lambda place: saying(about(report_id=place.fresh_demand()), reason=reason()),
        after=True,
    ),
    "POST /api/v1/data-requests": Command(
        "surveys",
        "principal",
        "receive_data_request",
        "request_id",
        lambda place: Given(body=place.data_request_body()) if place.known else Given(),
        after=True,
        spoilt={"received_on": "2001-01-01"},
    ),
    "POST /api/v1/data-requests/{request_id}/reply": Command(
        "surveys",
        "principal",
        "reply_to_data_request",
        "request_id",
        lambda place: about(request_id=place.data_request()),
        before=True,
        after=True,
    ),
    "POST /api/v1/data-requests/{request_id}/end": Command(
        "surveys",
        "principal",
        "end_data_request",
        "request_id",
        lambda place: saying(about(request_id=place.data_request()), outcome="done", note=reason()),
        before=True,
        after=True,
    ),
    "POST /api/v1/exemptions/{exemption_id}/lift": Command(
        "surveys",
        "district_officer",
        "lift_exemption",
        "exemption_id",
        lambda place: about(exemption_id=place.exemption()),
        before=True,
        after=True,
    ),
}
