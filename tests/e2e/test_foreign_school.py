"""What stands in a foreign school is not there, for every role on every route, with real ids."""

import re
from io import BytesIO
from typing import Final

import pytest
from docx import Document

from contracts.periods import PeriodRef
from gateway.access import ACCESS, STAFF
from tests.component.gateway.test_admission import PRIVATE, code_of
from tests.support.commands import COMMANDS
from tests.support.commands.given import Given
from tests.support.district import FOREIGN, OFFICES
from tests.support.place import Place

pytestmark = pytest.mark.xdist_group("real")

ROLES: Final = sorted(STAFF - {"operator"})
# Who may do at the foreign school what the operator may not.
LOCAL: Final = ("operator", "district_officer", "principal")
ABSENT: Final = {
    "resource.not_found",
    "surveys.unknown_school",
    "inspections.unknown_school",
    "directory.unknown_unit",
}
GETS = [route for route in PRIVATE if route.startswith("GET ")]
LISTS = [route for route in GETS if "{" not in route and "/api/" in route]
# Their lines are nobody's: what holds for all, the machines' keys, oneself.
NOBODYS: Final = {
    "GET /api/v1/me",
    "GET /api/v1/calendar",
    "GET /api/v1/checklist",
    "GET /api/v1/trigger-rules",
    "GET /api/v1/keeping-rules",
    "GET /api/v1/kinds",
    "GET /api/v1/workdays/add",
    "GET /api/v1/workdays/count",
    "GET /api/v1/workdays/window",
    "GET /api/v1/workdays/deadline",
    "GET /api/v1/forms",
    "GET /api/v1/forms/{form}/{version}",
    "GET /api/v1/forms/{form}/{version}/file",
    "GET /api/v1/document-templates",
    "GET /api/v1/document-templates/{kind}/{version}/file",
}
# Names a selection, not a thing: what it holds is looked at below.
SUMMARY: Final = "GET /api/v1/report-summaries/{kind}/{period}/file"
# A text to paste, in which schools stand by their names.
NAMELESS: Final = {"GET /api/v1/reminders/text"}
E_OFFICE: Final = "POST /api/v1/obligations/{obligation_id}/e-office"
# Parts of a thing, which stand in no list by themselves.
PARTS: Final = {"number", "figure"}
# Commands that name no school, neither in the path nor in the body, or make one.
UNPLACED: Final = {
    "POST /api/v1/login",
    "POST /api/v1/logout",
    "POST /api/v1/me/password",
    "POST /api/v1/units",
    "POST /api/v1/schools",
    "PUT /api/v1/calendar/{day}",
    "PUT /api/v1/trigger-rules/{code}",
    "POST /api/v1/forms",
    "POST /api/v1/forms/{form}/{version}/use",
    "POST /api/v1/campaign-rules",
    "POST /api/v1/campaign-rules/{valid_from}/withdraw",
    "POST /api/v1/document-templates/{kind}",
    "POST /api/v1/keeping-rules",
}


@pytest.fixture(scope="module")
def there(foreign: Place) -> dict[str, str]:
    """The ids of one thing of each kind at the foreign school, by the parameter that names it."""
    finding = foreign.finding()
    remedied = foreign.send(
        f"POST /findings/{finding}/remedies", "principal", kind="posting", description="Việc"
    )
    length = f"/schools/{FOREIGN}/care-length"
    foreign.send(f"POST {length}", "district_officer", length="short")
    assert foreign.request_due_soon()  # schools are reminded of it
    signed = COMMANDS[E_OFFICE].make(foreign)
    sent = foreign.ask(E_OFFICE, foreign.token("principal"), signed.path, json=signed.body).json()
    own_figures = "GET /api/v1/obligations/{obligation_id}/figures"
    drafted = foreign.ask(own_figures, foreign.token("principal"), signed.path).json()
    return {
        "exemption_id": foreign.exemption(),
        "report_id": foreign.demand,
        "evaluation_id": str(foreign.judged["evaluation_id"]),
        "correlation_id": str(foreign.judged["correlation_id"]),
        "task_id": foreign.task(),
        "campaign_id": foreign.campaign(),
        "batch_id": foreign.batch(),
        "inspection_id": str(foreign.judged["inspection_id"]),
        "finding_id": finding,
        "remedy_id": str(remedied["remedy_id"]),
        "petition_id": foreign.petition(),
        "obligation_id": str(sent["obligation_id"]),
        "number": str(sent["submissions"]),
        "figure": drafted["figures"][0]["code"],
        "document_id": foreign.sent_document(),
        "request_id": foreign.request(),
        "collection_id": foreign.collection(),
        "account_id": str(foreign.account()["account_id"]),
        "key_id": foreign.key(),
        "data_request_id": foreign.data_request(),
        "school": FOREIGN,
        "unit": OFFICES[FOREIGN],
    }


def entitled(route: str) -> str:
    """Return a role of the foreign school that the route lets in."""
    return next(role for role in LOCAL if role in ACCESS[route].roles)


@pytest.mark.parametrize("route", [r for r in GETS if "{" in r and r not in NOBODYS | {SUMMARY}])
def test_nobody_reads_what_stands_there(
    own: Place, foreign: Place, there: dict[str, str], route: str
) -> None:
    for name in re.findall(r"{(\w+)}", route):
        assert name in there, "each kind of thing has one there"
    # Two kinds of thing are called a request.
    asked = there | ({"request_id": there["data_request_id"]} if "/data-requests/" in route else {})
    for role in ROLES:
        expected = "resource.not_found" if role in ACCESS[route].roles else "auth.forbidden"
        assert code_of(own.ask(route, own.token(role), asked)) == expected, role
    reader = foreign.token(entitled(route))
    assert foreign.ask(route, reader, asked).status_code == 200, "who is from there reads it"


@pytest.mark.parametrize("route", [route for route in COMMANDS if route not in UNPLACED])
def test_nobody_changes_what_stands_there(own: Place, foreign: Place, route: str) -> None:
    given = COMMANDS[route].make(foreign)
    assert names_the_foreign(given), "the command is about that school"
    for role in ROLES:
        code = code_of(own.ask(route, own.token(role), given.path, json=given.body))
        if role in ACCESS[route].roles:
            assert code in ABSENT | {"directory.role_not_below"}, role
        else:
            assert code == "auth.forbidden", role
    giver = foreign.token(COMMANDS[route].role)
    done = foreign.ask(route, giver, given.path, json=given.body)
    assert done.is_success, "the same command of somebody from there is done"


def names_the_foreign(given: Given) -> bool:
    """Whether a command has the id of a thing, or names the school."""
    named = given.body.values()
    return bool(given.path) or FOREIGN in named or [FOREIGN] in named


def test_heads_can_t_reach_there_by_a_role_that_they_may_give(own: Place, foreign: Place) -> None:
    wanted = foreign.account_body()
    for role in ("principal", "deputy", "district_officer"):
        refused = own.ask("POST /api/v1/accounts", own.token(role), {}, json=wanted)
        assert code_of(refused) == "directory.unknown_unit", role


@pytest.mark.parametrize("route", LISTS)
def test_lists_hold_nothing_from_there(
    own: Place, foreign: Place, there: dict[str, str], route: str
) -> None:
    marks = {mark for name, mark in there.items() if name not in PARTS}
    for role in sorted(ACCESS[route].roles & set(ROLES)):
        for query in ({}, {"school": FOREIGN}, {"unit": FOREIGN}):
            told = own.ask(route, own.token(role), {}, params=query).text
            assert not {mark for mark in marks if mark in told}, (role, query)
    if route in NOBODYS | NAMELESS:
        return
    reader = entitled(route)
    seen = foreign.ask(route, foreign.token(reader), {}).text
    assert {mark for mark in marks if mark in seen}, "who is from there sees it"


def test_a_summary_holds_the_schools_in_scope_alone(own: Place, foreign: Place) -> None:
    assert own.known
    assert foreign.known
    owed = {place.school: place.items("/obligations")[0] for place in (own, foreign)}
    selected = {
        "kind": owed[FOREIGN]["kind"],
        "period": PeriodRef.model_validate(owed[FOREIGN]["period"]).key,
    }
    for place, other in ((own, foreign), (foreign, own)):
        file = place.ask(SUMMARY, place.token("district_officer"), selected).content
        tables = Document(BytesIO(file)).tables
        told = {cell.text for table in tables for row in table.rows for cell in row.cells}
        assert owed[place.school]["school_title"] in told
        assert owed[other.school]["school_title"] not in told


def test_every_kind_of_thing_is_in_some_list(foreign: Place, there: dict[str, str]) -> None:
    """But for batches and documents: the lists of their campaign and report are read above."""
    told = "".join(foreign.ask(r, foreign.token(entitled(r)), {}).text for r in LISTS)
    missing = {name for name, mark in there.items() if name not in PARTS and mark not in told}
    assert missing == {"batch_id", "document_id"}
