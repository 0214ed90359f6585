"""Who did what: each command leaves one audit row, a refused one leaves none."""

from typing import Any
from uuid import uuid4

import pytest

from tests.support.commands import CHANGING, COMMANDS, PAGES, PARENTS, stranger
from tests.support.commands.given import Given
from tests.support.place import Json, Place
from tests.support.system import SERVICES

pytestmark = pytest.mark.xdist_group("real")

ROWS = (
    "SELECT id, account_id, role, action, subject, school, correlation_id, before, after"
    " FROM audit_entries WHERE id > {} ORDER BY id"
)
UNREFUSED = "POST /api/v1/logout"  # whoever gets in is let out
UNKEYED = {"POST /api/v1/login", UNREFUSED}  # the one takes no key, the other ends its session


def test_every_command_is_looked_at() -> None:
    assert sorted([*COMMANDS, *PAGES, *PARENTS]) == sorted(CHANGING)
    assert set(PAGES.values()) <= set(COMMANDS)


class Ledger:
    """The audit rows of all services; `fresh` are those that came since it was asked last."""

    def __init__(self, place: Place) -> None:
        self._system = place.district.system
        self._seen = dict.fromkeys(SERVICES, 0)
        self.fresh()

    def fresh(self) -> list[tuple[str, Any]]:
        """Service and row."""
        found = []
        for service in SERVICES:
            rows = self._system.rows(service, ROWS.format(self._seen[service]))
            found += [(service, row) for row in rows]
            self._seen[service] = rows[-1][0] if rows else self._seen[service]
        return found


def give(place: Place, route: str, given: Given, **headers: str) -> Any:
    """Give a command as its caller."""
    token = place.token(COMMANDS[route].role) if given.token is None else given.token
    return place.ask(route, token, given.path, json=given.body, headers=headers)


def account_of(place: Place, route: str, given: Given, answer: Json) -> str:
    """Return the id of the account that gave a command."""
    if "account" in answer:
        return str(answer["account"]["account_id"])
    token = place.token(COMMANDS[route].role) if given.token is None else given.token
    me: Json = place.ask("GET /api/v1/me", token, {}).json()
    return str(me["account_id"])


@pytest.mark.parametrize("route", COMMANDS)
def test_a_command_leaves_one_row(own: Place, route: str) -> None:
    command = COMMANDS[route]
    given = command.make(own)
    caller = account_of(own, route, given, {}) if given.token != "" else ""
    ledger = Ledger(own)
    if route != UNREFUSED:
        spoilt = Given(
            stranger(given.path) if command.spoilt is None else given.path,
            given.body | dict(command.spoilt or {}),
            given.token,
        )
        refused = give(own, route, spoilt)
        assert 400 <= refused.status_code < 500, refused.text
        assert not refused.json()["code"].startswith(("request.", "auth.")), "the service refuses"
        assert ledger.fresh() == []

    key = {"Idempotency-Key": str(uuid4())}
    done = give(own, route, given, **key)
    assert done.is_success, done.text
    answer = done.json()
    [(service, row)] = ledger.fresh()
    _, account, role, action, subject, school, correlation, before, after = row
    assert (service, role, action) == (command.service, command.role, command.action)
    assert str(account) == (caller or account_of(own, route, given, answer))
    assert str(correlation) == done.headers["x-correlation-id"]
    assert subject == subject_of(route, given, answer, str(account))
    assert school == (school_of(own, route, given) if command.of_school else None)
    assert (before is not None, after is not None) == (command.before, command.after)
    assert before != after or before is None

    if route not in UNKEYED:
        again = give(own, route, given, **key)
        assert (again.status_code, again.json()["code"]) == (409, "request.repeated")
        assert ledger.fresh() == []


def subject_of(route: str, given: Given, answer: Json, caller: str) -> str:
    """Return what the row of a command is about."""
    subject = COMMANDS[route].subject
    if not isinstance(subject, str):
        return subject(given, answer)
    return caller if subject == "caller" else str((given.path | answer)[subject])


def school_of(place: Place, route: str, given: Given) -> str:
    """Return the school that a command is about."""
    named = given.path.get("school") or given.path.get("unit")
    if named is None and route == "POST /api/v1/schools":
        named = str(given.body["code"])
    return named or place.school


def test_a_petition_from_outside_is_on_record_without_an_account(own: Place) -> None:
    assert own.known
    ledger = Ledger(own)
    body = own.petition_body()
    taken = own.ask("POST /api/v1/public/petitions", "", {}, json=body)
    assert taken.status_code == 201
    [(service, row)] = ledger.fresh()
    _, account, role, action, _, school, _, before, after = row
    assert (service, account, role) == ("inspections", None, "parent")
    assert (action, school, before) == ("receive_petition", own.school, None)
    assert after == {"kind": "suggestion"}, "none of its words"
    refused = own.ask("POST /api/v1/public/petitions", "", {}, json=body | {"text": "Chuyện khác"})
    assert refused.json()["code"] == "inspections.submission_differs"
    own.ask("POST /api/v1/public/petitions", "", {}, json=body)
    assert ledger.fresh() == []


def test_an_answer_of_a_parent_is_on_no_record(own: Place) -> None:
    slug = own.slug(own.campaign())
    ledger = Ledger(own)
    route = "POST /api/v1/public/campaigns/{slug}/responses"
    assert own.ask(route, "", {"slug": slug}, json=own.answer_body()).status_code == 201
    assert ledger.fresh() == []


def test_who_reads_the_words_of_a_report_is_on_record(own: Place) -> None:
    report = {"report_id": own.demand}
    ledger = Ledger(own)
    read = own.ask("GET /api/v1/demands/{report_id}", own.token("principal"), report)
    assert read.status_code == 200
    [(service, row)] = ledger.fresh()
    assert service == "surveys"
    assert row[2:6] == ("principal", "read_demand", own.demand, own.school)
    assert str(row[6]) == read.headers["x-correlation-id"]
    own.ask("GET /api/v1/demands/{report_id}", own.token("principal"), stranger(report))
    assert ledger.fresh() == []
