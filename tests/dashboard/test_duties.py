"""What a role finds in the dashboard is what the gateway lets it do."""

from typing import get_args

import pytest

from contracts.rpc.accounts import AccountRole
from dashboard.duties import (
    ACTIONS,
    PARTS,
    SETUP_PARTS,
    Action,
    Part,
    SetupPart,
    may_decide,
    pages_of,
)
from gateway.access import ACCESS

ROUTES: dict[Action, str] = {
    "access.change": "POST /campaigns/{campaign_id}/access",
    "accounts.list": "GET /accounts",
    "batch.list": "GET /campaigns/{campaign_id}/batches",
    "campaign.close": "POST /campaigns/{campaign_id}/close",
    "campaign.days": "POST /campaigns/{campaign_id}/days",
    "campaign.hand_out": "POST /campaigns/{campaign_id}/handed-out",
    "campaign_rule.set": "POST /campaign-rules",
    "codes.make": "POST /campaigns/{campaign_id}/codes",
    "collection.answer": "POST /collections/{collection_id}/answer",
    "collection.make": "POST /collections",
    "collection.read": "GET /collections",
    "comments.erase": "POST /campaigns/{campaign_id}/comments/{comment_id}/erase",
    "comments.read": "GET /campaigns/{campaign_id}/comments",
    "data_request.answer": "POST /data-requests/{request_id}/reply",
    "data_request.end": "POST /data-requests/{request_id}/end",
    "data_request.read": "GET /data-requests",
    "demand.erase": "POST /demands/{report_id}/erase",
    "demand.read": "GET /demands/{report_id}",
    "document.number": "POST /documents/{document_id}/number",
    "document.write": "POST /obligations/{obligation_id}/documents",
    "exemption.make": "POST /exemptions",
    "form.add": "POST /forms",
    "form.use": "POST /forms/{form}/{version}/use",
    "inspection.carry_out": "POST /inspections/{inspection_id}/complete",
    "inspection.read": "GET /inspections/{inspection_id}",
    "inspection.start": "POST /inspections",
    "keeping.set": "POST /keeping-rules",
    "calendar.set": "PUT /calendar/{day}",
    "mail_addresses.set": "POST /schools/{school}/mail-addresses",
    "matter.trace": "GET /traces/{correlation_id}",
    "paper.enter": "POST /campaigns/{campaign_id}/slips",
    "petition.answer": "POST /petitions/{petition_id}/answer",
    "petition.receive": "POST /petitions",
    "remedy.assign": "POST /findings/{finding_id}/remedies",
    "remedy.close": "POST /remedies/{remedy_id}/close",
    "reminders.mails": "GET /reminder-mails",
    "reminders.urge": "GET /reminders/text",
    "report.approve": "POST /obligations/{obligation_id}/approve",
    "report.compare": "GET /report-matrix",
    "report.judge": "POST /obligations/{obligation_id}/receive",
    "report.prepare": "POST /obligations/{obligation_id}/draft",
    "report.submit": "POST /obligations/{obligation_id}/submit",
    "request.answer": "POST /requests/{request_id}/answer",
    "request.close": "POST /requests/{request_id}/close",
    "request.make": "POST /requests",
    "request.remind": "GET /requests/{request_id}/reminder",
    "report.withdraw": "POST /obligations/{obligation_id}/withdraw",
    "results.compare": "GET /results",
    "rows.read": "GET /campaigns/{campaign_id}/rows/file",
    "signals.read": "GET /campaigns/{campaign_id}/signals",
    "signed_file.read": "GET /obligations/{obligation_id}/signed-files/{number}",
    "signing.authorise": "POST /schools/{school}/signing-authorities",
    "task.close": "POST /improvement-tasks/{task_id}/close",
    "template.add": "POST /document-templates/{kind}",
    "trigger_rule.change": "PUT /trigger-rules/{code}",
}
LISTS: dict[Part, str] = {
    "inspections": "GET /inspections",
    "remedies": "GET /remedies",
    "tasks": "GET /improvement-tasks",
    "petitions": "GET /petitions",
    "evaluations": "GET /evaluations",
    "duty": "GET /duty-ratio",
}
SETUP: dict[SetupPart, str] = {
    "forms": "GET /forms",
    "rules": "GET /campaign-rules",
    "exemptions": "GET /exemptions",
    "extra": "POST /campaigns",
    "keeping": "GET /keeping-rules",
}
ROLES: tuple[AccountRole, ...] = get_args(AccountRole)


def let_in(route: str) -> set[str]:
    """The roles that the gateway lets in."""
    verb, path = route.split(" ")
    roles: set[str] = set(ACCESS[f"{verb} /api/v1{path}"].roles)
    return roles & set(ROLES)


@pytest.mark.parametrize("action", get_args(Action))
def test_a_button_is_shown_to_who_may_press_it(action: Action) -> None:
    assert ACTIONS[action] == let_in(ROUTES[action])


@pytest.mark.parametrize("part", get_args(Part))
def test_a_list_is_shown_to_who_may_read_it(part: Part) -> None:
    assert PARTS[part] == let_in(LISTS[part])


@pytest.mark.parametrize("part", get_args(SetupPart))
def test_a_part_of_the_calendar_is_shown_to_who_may_use_it(part: SetupPart) -> None:
    assert SETUP_PARTS[part] == let_in(SETUP[part])


def test_a_decision_is_offered_to_who_may_take_it() -> None:
    for verb in ("order", "dismiss"):
        roles = let_in(f"POST /inspections/{{inspection_id}}/{verb}")
        offered = {role for role in ROLES if any(may_decide(role, "superior", escalated=True))}
        assert offered == roles


def test_who_has_the_overview_as_home_may_ask_for_it() -> None:
    assert {role for role in ROLES if pages_of(role)[0] == "overview"} == let_in("GET /overview")


def test_who_has_the_results_of_all_schools_may_ask_for_them() -> None:
    assert {role for role in ROLES if "results" in pages_of(role)} == ACTIONS["results.compare"]


def test_who_has_the_history_may_ask_for_it() -> None:
    assert {role for role in ROLES if "history" in pages_of(role)} == ACTIONS["matter.trace"]
