"""THE route table: who may call what. The gateway doesn't start unless lines and routes match.

`scope` says whose things a route shows: "public" asks nobody who they are; "account" any account,
even before its first password is changed; "own" what lies in the account's schools: the gateway
checks `{school}` in the path, the service every query.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from contracts.rpc.base import Role

Scope = Literal["public", "account", "own"]

DISTRICT: Final[frozenset[Role]] = frozenset({"district_officer", "district_viewer"})
HEADS: Final[frozenset[Role]] = frozenset({"principal", "deputy"})
SCHOOL: Final[frozenset[Role]] = HEADS | {
    "unit_head",
    "clerk",
    "accountant",
    "teacher",
    "union",
}
OPERATOR: Final[frozenset[Role]] = frozenset({"operator"})
STAFF: Final[frozenset[Role]] = DISTRICT | SCHOOL | OPERATOR
ALL: Final[frozenset[Role]] = frozenset(get_args(Role))


@dataclass(frozen=True)
class Rule:
    """The roles that may call a route, and its scope. Public routes have no roles."""

    roles: frozenset[Role]
    scope: Scope


PUBLIC: Final = Rule(frozenset(), "public")
ACCOUNT: Final = Rule(ALL, "account")


def own(*roles: frozenset[Role] | Role) -> Rule:
    """Return the rule: these roles, each within its own schools."""
    named = frozenset[Role]().union(
        *(role if isinstance(role, frozenset) else {role} for role in roles)
    )
    return Rule(named, "own")


ACCESS: Final[dict[str, Rule]] = {
    # the gateway's own
    "GET /health/live": PUBLIC,
    "GET /health/ready": PUBLIC,
    "GET /metrics": PUBLIC,
    "GET /openapi.json": PUBLIC,
    "GET /docs": PUBLIC,
    "GET /": PUBLIC,
    "GET /k/{slug}": PUBLIC,
    "GET /k/{slug}/questions": PUBLIC,
    "POST /k/{slug}": PUBLIC,
    "GET /r": PUBLIC,
    "GET /r/{receipt}": PUBLIC,
    "GET /k/{slug}/results": PUBLIC,
    "GET /schools/{school}/results": PUBLIC,
    "GET /login": PUBLIC,
    "POST /login": PUBLIC,
    "GET /login/password": ACCOUNT,
    "POST /login/password": ACCOUNT,
    "GET /logout": PUBLIC,
    "POST /logout": ACCOUNT,
    "GET /api/v1/traces/{correlation_id}": own(DISTRICT, HEADS, OPERATOR),
    "GET /api/v1/public/campaigns/{slug}": PUBLIC,
    "POST /api/v1/public/campaigns/{slug}/responses": PUBLIC,
    # directory: roles and reach of accounts are looked at there once more
    "POST /api/v1/login": PUBLIC,
    "POST /api/v1/logout": ACCOUNT,
    "GET /api/v1/me": ACCOUNT,
    "POST /api/v1/me/password": ACCOUNT,
    "GET /api/v1/accounts": own("district_officer", HEADS, OPERATOR),
    "POST /api/v1/accounts": own("district_officer", HEADS, OPERATOR),
    "POST /api/v1/accounts/{account_id}/password-reset": own("district_officer", HEADS, OPERATOR),
    "POST /api/v1/accounts/{account_id}/disable": own("district_officer", HEADS, OPERATOR),
    "POST /api/v1/accounts/{account_id}/enable": own("district_officer", HEADS, OPERATOR),
    "GET /api/v1/api-keys": own(OPERATOR),
    "POST /api/v1/api-keys": own(OPERATOR),
    "POST /api/v1/api-keys/{key_id}/revoke": own(OPERATOR),
    "GET /api/v1/units": own(STAFF),
    "POST /api/v1/units": own(OPERATOR),
    "GET /api/v1/units/{unit}/moves": own(STAFF),
    "POST /api/v1/units/{unit}/moves": own(OPERATOR),
    "GET /api/v1/schools": own(STAFF),
    "POST /api/v1/schools": own(OPERATOR),
    "PATCH /api/v1/schools/{school}": own("district_officer", OPERATOR),
    "POST /api/v1/schools/{school}/close": own("district_officer", OPERATOR),
    "GET /api/v1/calendar": own(STAFF),
    "PUT /api/v1/calendar/{day}": own("district_officer", OPERATOR),
    "GET /api/v1/schools/{school}/plans": own(STAFF),
    "PUT /api/v1/schools/{school}/plans/{year}": own("district_officer", HEADS, OPERATOR),
    # surveys: who is measured doesn't end the measuring, so heads don't close campaigns
    "GET /api/v1/campaigns": own(STAFF),
    "POST /api/v1/campaigns": own("district_officer", HEADS, OPERATOR),
    "GET /api/v1/campaigns/{campaign_id}": own(STAFF),
    "POST /api/v1/campaigns/{campaign_id}/handed-out": own(
        "district_officer", HEADS, "clerk", OPERATOR
    ),
    "POST /api/v1/campaigns/{campaign_id}/close": own("district_officer", OPERATOR),
    "POST /api/v1/campaigns/{campaign_id}/days": own("district_officer", OPERATOR),
    # the district says what is asked and when; everybody may look
    "GET /api/v1/forms": own(STAFF),
    "POST /api/v1/forms": own("district_officer", OPERATOR),
    "GET /api/v1/forms/{form}/{version}": own(STAFF),
    "GET /api/v1/forms/{form}/{version}/file": own(STAFF),
    "POST /api/v1/forms/{form}/{version}/use": own("district_officer", OPERATOR),
    "GET /api/v1/campaign-rules": own(STAFF),
    "POST /api/v1/campaign-rules": own("district_officer", OPERATOR),
    "POST /api/v1/campaign-rules/{valid_from}/withdraw": own("district_officer", OPERATOR),
    "POST /api/v1/schools/{school}/care-length": own("district_officer", OPERATOR),
    "GET /api/v1/exemptions": own(STAFF),
    "POST /api/v1/exemptions": own("district_officer", OPERATOR),
    "POST /api/v1/exemptions/{exemption_id}/lift": own("district_officer", OPERATOR),
    "GET /api/v1/campaigns/{campaign_id}/access": own(STAFF),
    "POST /api/v1/campaigns/{campaign_id}/access": own("district_officer", HEADS, OPERATOR),
    "POST /api/v1/campaigns/{campaign_id}/codes": own("district_officer", HEADS, "clerk", OPERATOR),
    "GET /api/v1/campaigns/{campaign_id}/batches": own(DISTRICT, HEADS, "clerk", OPERATOR),
    "GET /api/v1/campaigns/{campaign_id}/template": own(DISTRICT, HEADS, "clerk", OPERATOR),
    "POST /api/v1/campaigns/{campaign_id}/slips": own("district_officer", HEADS, "clerk", OPERATOR),
    "POST /api/v1/campaigns/{campaign_id}/imports": own(
        "district_officer", HEADS, "clerk", OPERATOR
    ),
    "GET /api/v1/batches/{batch_id}": own(DISTRICT, HEADS, "clerk", OPERATOR),
    "POST /api/v1/batches/{batch_id}/undo": own("district_officer", HEADS, "clerk", OPERATOR),
    "GET /api/v1/demands": own(DISTRICT, HEADS, OPERATOR),
    "GET /api/v1/demands/{report_id}": own(DISTRICT, HEADS, OPERATOR),
    # results: parents' words are read at their school alone, rows by those who answer for it
    "GET /api/v1/results": own(DISTRICT, OPERATOR),
    "GET /api/v1/results/file": own(DISTRICT, OPERATOR),
    "GET /api/v1/campaigns/{campaign_id}/results": own(STAFF),
    "GET /api/v1/campaigns/{campaign_id}/results/file": own(STAFF),
    "GET /api/v1/campaigns/{campaign_id}/signals": own(DISTRICT, HEADS, OPERATOR),
    "GET /api/v1/campaigns/{campaign_id}/rows/file": own(DISTRICT, HEADS, OPERATOR),
    "GET /api/v1/campaigns/{campaign_id}/comments": own(HEADS),
    "GET /api/v1/campaigns/{campaign_id}/comments/file": own(HEADS),
    # words go when their time is over; before, comments by the heads, reports by the level above
    "GET /api/v1/keeping-rules": own(STAFF),
    "POST /api/v1/keeping-rules": own("district_officer", OPERATOR),
    "POST /api/v1/campaigns/{campaign_id}/comments/{comment_id}/erase": own(HEADS),
    "POST /api/v1/demands/{report_id}/erase": own("district_officer"),
    # what people ask about their own data: the office enters it, the heads answer for it
    "GET /api/v1/data-requests": own(DISTRICT, HEADS, "clerk", OPERATOR),
    "POST /api/v1/data-requests": own("district_officer", HEADS, "clerk"),
    "POST /api/v1/data-requests/{request_id}/reply": own("district_officer", HEADS, "clerk"),
    "POST /api/v1/data-requests/{request_id}/end": own("district_officer", HEADS),
    # inspections: a surprise stays one, and who reported stays unguessed: no list for all staff
    "GET /api/v1/inspections": own(DISTRICT, HEADS, OPERATOR),
    "POST /api/v1/inspections": own("district_officer", HEADS),
    "GET /api/v1/inspections/{inspection_id}": own(DISTRICT, HEADS, OPERATOR),
    "POST /api/v1/inspections/{inspection_id}/order": own("district_officer", HEADS),
    "POST /api/v1/inspections/{inspection_id}/dismiss": own("district_officer", HEADS),
    "POST /api/v1/inspections/{inspection_id}/complete": own("district_officer", HEADS),
    "GET /api/v1/checklist": own(STAFF),
    "GET /api/v1/duty-ratio": own(DISTRICT, HEADS, "union", OPERATOR),
    "POST /api/v1/findings/{finding_id}/remedies": own("district_officer", HEADS),
    "GET /api/v1/remedies": own(DISTRICT, HEADS, "union", OPERATOR),
    "POST /api/v1/remedies/{remedy_id}/close": own("district_officer", HEADS),
    "GET /api/v1/evaluations": own(DISTRICT, HEADS, OPERATOR),
    "GET /api/v1/trigger-rules": own(DISTRICT, HEADS, OPERATOR),
    "PUT /api/v1/trigger-rules/{code}": own("district_officer", OPERATOR),
    "GET /api/v1/improvement-tasks": own(STAFF),
    "POST /api/v1/improvement-tasks/{task_id}/close": own(HEADS),
    "POST /api/v1/public/petitions": PUBLIC,
    "GET /api/v1/public/petitions/{receipt}": PUBLIC,
    "GET /api/v1/petitions": own("district_officer", HEADS, "clerk"),
    "POST /api/v1/petitions": own("district_officer", HEADS, "clerk"),
    "POST /api/v1/petitions/{petition_id}/answer": own("district_officer", HEADS),
    # reports: the school submits, the district receives, returns, exempts, extends
    "GET /api/v1/kinds": own(STAFF),
    "GET /api/v1/obligations": own(STAFF),
    "GET /api/v1/obligations/{obligation_id}": own(STAFF),
    "POST /api/v1/obligations/{obligation_id}/submit": own(HEADS, "clerk"),
    "POST /api/v1/obligations/{obligation_id}/receive": own("district_officer"),
    "POST /api/v1/obligations/{obligation_id}/return": own("district_officer"),
    "POST /api/v1/obligations/{obligation_id}/exempt": own("district_officer"),
    "POST /api/v1/obligations/{obligation_id}/extend": own("district_officer"),
    # who has sent what, over many schools
    "GET /api/v1/report-matrix": own(DISTRICT, OPERATOR),
    "GET /api/v1/report-matrix/file": own(DISTRICT, OPERATOR),
    "GET /api/v1/report-summaries/{kind}/{period}/file": own(DISTRICT, OPERATOR),
    # ad hoc: the district asks schools; a head asks the teams, and that stays in the school
    "GET /api/v1/requests": own(STAFF),
    "POST /api/v1/requests": own("district_officer"),
    "GET /api/v1/requests/{request_id}": own(STAFF),
    "POST /api/v1/requests/{request_id}/answer": own(HEADS, "clerk"),
    "POST /api/v1/requests/{request_id}/close": own("district_officer"),
    "GET /api/v1/requests/{request_id}/file": own(STAFF),
    "GET /api/v1/requests/{request_id}/reminder": own(DISTRICT, OPERATOR),
    "GET /api/v1/collections": own(SCHOOL),
    "POST /api/v1/collections": own(HEADS),
    "GET /api/v1/collections/{collection_id}": own(SCHOOL),
    "POST /api/v1/collections/{collection_id}/answer": own(
        HEADS, "unit_head", "clerk", "accountant"
    ),
    "POST /api/v1/collections/{collection_id}/close": own(HEADS),
    "GET /api/v1/collections/{collection_id}/file": own(SCHOOL),
    "GET /api/v1/collections/{collection_id}/reminder": own(SCHOOL),
    # reminders: addresses are personal data, seen by those alone who keep the book
    "GET /api/v1/reminders": own(STAFF),
    "GET /api/v1/reminders/text": own(DISTRICT, OPERATOR),
    "GET /api/v1/reminder-mails": own(DISTRICT, HEADS, OPERATOR),
    "GET /api/v1/schools/{school}/mail-addresses": own("district_officer", OPERATOR),
    "POST /api/v1/schools/{school}/mail-addresses": own("district_officer", OPERATOR),
    "GET /api/v1/workdays/add": own(STAFF),
    "GET /api/v1/workdays/count": own(STAFF),
    "GET /api/v1/workdays/window": own(STAFF),
    "GET /api/v1/workdays/deadline": own(STAFF),
    # documents: heads and clerk write them, the clerk numbers them, the district has the templates
    "GET /api/v1/obligations/{obligation_id}/documents": own(STAFF),
    "POST /api/v1/obligations/{obligation_id}/documents": own(HEADS, "clerk"),
    "GET /api/v1/documents/{document_id}": own(STAFF),
    "POST /api/v1/documents/{document_id}/number": own("clerk"),
    "GET /api/v1/documents/{document_id}/file": own(STAFF),
    "GET /api/v1/document-templates": own(STAFF),
    "POST /api/v1/document-templates/{kind}": own("district_officer", OPERATOR),
    "GET /api/v1/document-templates/{kind}/{version}/file": own(STAFF),
    # inside the school; who may approve is looked at once more in reports
    "POST /api/v1/obligations/{obligation_id}/draft": own(HEADS, "clerk"),
    "POST /api/v1/obligations/{obligation_id}/hand-in": own(HEADS, "clerk"),
    "POST /api/v1/obligations/{obligation_id}/give-back": own(HEADS),
    "POST /api/v1/obligations/{obligation_id}/approve": own(HEADS),
    "POST /api/v1/obligations/{obligation_id}/withdraw": own(HEADS),
    "POST /api/v1/obligations/{obligation_id}/e-office": own(HEADS, "clerk"),
    "GET /api/v1/obligations/{obligation_id}/signed-files/{number}": own(
        DISTRICT, HEADS, "clerk", OPERATOR
    ),
    "GET /api/v1/obligations/{obligation_id}/figures": own(HEADS, "clerk"),
    "GET /api/v1/obligations/{obligation_id}/figures/{figure}/origin": own(HEADS, "clerk"),
    "POST /api/v1/obligations/{obligation_id}/figures/{figure}": own(HEADS, "clerk"),
    "GET /api/v1/schools/{school}/signing-authorities": own(HEADS, "clerk"),
    "POST /api/v1/schools/{school}/signing-authorities": own("principal"),
    "POST /api/v1/signing-authorities/{authority_id}/end": own("principal"),
    "GET /api/v1/overview": own(DISTRICT, OPERATOR),
    "GET /api/v1/schools/{school}/figures": own(STAFF),
}


def is_parents(line: str) -> bool:
    """Whether a line of the table is of what parents use, without an account."""
    path = line.partition(" ")[2]
    return path == "/r" or path.startswith(("/k/", "/r/", "/api/v1/public/"))


class AccessError(Exception):
    """The route table and the routes don't match; the message names each difference."""


def check(routes: Iterable[str]) -> None:
    """Compare "METHOD /path" of every route with the table; raises `AccessError`."""
    listed = list(routes)
    doubled = sorted({route for route in listed if listed.count(route) > 1})
    reasons = [f"{route} is routed twice" for route in doubled]
    reasons += [f"{route} has no line" for route in sorted(set(listed) - ACCESS.keys())]
    reasons += [f"{line} has no route" for line in sorted(ACCESS.keys() - set(listed))]
    reasons += [
        f"{line} lets nobody in"
        for line, rule in ACCESS.items()
        if rule.scope != "public" and not rule.roles
    ]
    if reasons:
        raise AccessError("; ".join(reasons))
