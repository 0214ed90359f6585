"""The whole route table on the real services: every role, own and foreign schools, bad input.

What stubs can't show: that no service behind the gateway breaks on what it lets through, and that
each keeps to the caller's schools by itself.
"""

import os

import pytest

from chassis.process import GIVEN_WAY
from gateway.access import DISTRICT, SCHOOL, STAFF, Rule
from tests.component.gateway.test_admission import PRIVATE, code_of
from tests.component.gateway.test_bad_input import BODIES, CHANGING, READING, must_be_a_problem
from tests.support.district import FOREIGN, OWN, RealDistrict, path_of

# These end the session that they are called with, or take the caller's password.
ENDING = {"POST /logout", "POST /api/v1/logout"}
WALKED = {route: rule for route, rule in PRIVATE.items() if route not in ENDING}
LISTS = [route for route in WALKED if route.startswith("GET ") and "{" not in route]


pytestmark = pytest.mark.xdist_group("real")


@pytest.mark.parametrize(("route", "rule"), WALKED.items())
def test_each_role_on_each_route(real: RealDistrict, route: str, rule: Rule) -> None:
    for role in STAFF:
        response = real.ask(route, role)
        assert response.status_code < 500, (role, response.text)
        code = code_of(response)
        if role not in rule.roles:
            assert code == "auth.forbidden", role
        else:
            assert code not in {"auth.required", "auth.password_change_required"}, role


def test_those_who_take_answers_go_before_their_effects(real: RealDistrict) -> None:
    running = real.system.processes
    nice = {name: os.getpriority(os.PRIO_PROCESS, one.pid) for name, one in running.items()}
    first = nice["surveys"]
    later = min(19, first + GIVEN_WAY)  # the kernel knows no more than 19
    assert nice == dict.fromkeys(("directory", "surveys", "gateway"), first) | dict.fromkeys(
        ("inspections", "reports"), later
    )
    assert later > first


@pytest.mark.parametrize("role", sorted(STAFF - {"operator"}))
def test_a_foreign_school_is_not_found(real: RealDistrict, role: str) -> None:
    for route, rule in WALKED.items():
        if "{school}" in route and role in rule.roles:
            assert code_of(real.ask(route, role, {"school": FOREIGN})) == "resource.not_found"
            if route.startswith("GET "):
                assert real.ask(route, role, {"school": OWN}).status_code == 200


def test_the_operator_sees_both_schools(real: RealDistrict) -> None:
    items = real.ask("GET /api/v1/schools", "operator").json()["items"]
    codes = [item["code"] for item in items]
    assert [code for code in codes if code in {OWN, FOREIGN}] == [OWN, FOREIGN]


@pytest.mark.parametrize("route", LISTS)
def test_lists_hold_one_s_own_schools(real: RealDistrict, route: str) -> None:
    for role in sorted((SCHOOL | DISTRICT) & WALKED[route].roles):
        for query in ({}, {"school": OWN}, {"school": FOREIGN}):
            response = real.ask(route, role, params={"year": "2024", **query})
            assert FOREIGN not in response.text.replace(f"school={FOREIGN}", ""), (role, query)


@pytest.mark.parametrize("route", [route for route in CHANGING if route not in ENDING])
def test_bodies_of_wrong_shape(real: RealDistrict, route: str) -> None:
    for name, (headers, content) in BODIES.items():
        response = real.ask(route, any_role(route), headers=headers, content=content)
        assert response.status_code < 500, (name, response.text)
        must_be_a_problem(response)


@pytest.mark.parametrize("route", READING)
def test_odd_addresses(real: RealDistrict, route: str) -> None:
    names = ("slug", "school", "unit", "day", "year", "code", "receipt", "campaign_id")
    for value in ("x" * 500, "%ff%fe", "' or 1=1 --", "hoa cúc", "0", "-1", "99999999999999999999"):
        query = "&".join(f"{key}={value}" for key in ("school", "state", "year", "kind", "P"))
        strange = real.ask(route, any_role(route), dict.fromkeys(names, value))
        _, address = path_of(route)
        token = {"Authorization": f"Bearer {real.tokens[any_role(route)]}"}
        queried = real.client.get(f"{address}?{query}", headers=token)
        for response in (strange, queried):
            assert response.status_code < 500, (value, response.text)


def any_role(route: str) -> str:
    """Return a role that the route lets in."""
    return min((WALKED[route].roles & STAFF) if route in WALKED else {"operator"})
