import pytest
from starlette.responses import Response

from gateway import access
from gateway.access import ACCESS, ACCOUNT, PUBLIC, AccessError, Rule, own
from gateway.app import create, routes_of
from gateway.settings import Settings

SETTINGS = Settings("amqp://nobody", "127.0.0.1", 1, "http://127.0.0.1:1", "http://127.0.0.1:2")


def test_each_route_has_one_line_and_each_line_a_route() -> None:
    assert set(routes_of(create(SETTINGS))) == set(ACCESS)


@pytest.mark.parametrize(
    ("routes", "reason"),
    [
        ([*ACCESS, "GET /api/v1/forgotten"], "GET /api/v1/forgotten has no line"),
        ([*ACCESS, "GET /"], "GET / is routed twice"),
        (list(ACCESS)[1:], "has no route"),
    ],
)
def test_the_app_does_not_start_when_they_differ(routes: list[str], reason: str) -> None:
    with pytest.raises(AccessError, match=reason):
        access.check(routes)


def test_a_line_that_lets_nobody_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACCESS, "GET /", Rule(frozenset(), "own"))
    with pytest.raises(AccessError, match="lets nobody in"):
        access.check(ACCESS)


def test_an_unguarded_route_does_not_start() -> None:
    app = create(SETTINGS)
    app.add_route("/open", lambda _: Response(), methods=["GET"])
    with pytest.raises(AccessError, match="/open is not guarded"):
        routes_of(app)


def test_what_changes_something_is_public_for_parents_and_logins_alone() -> None:
    open_to_all = {route for route, rule in ACCESS.items() if rule == PUBLIC}
    changing = {route for route in open_to_all if not route.startswith("GET ")}
    assert changing <= {
        "POST /k/{slug}",
        "POST /login",
        "POST /api/v1/login",
        "POST /api/v1/public/campaigns/{slug}/responses",
        "POST /api/v1/public/petitions",
    }


def test_parents_and_machines_of_ours_have_no_accounts() -> None:
    for rule in ACCESS.values():
        if rule not in {PUBLIC, ACCOUNT}:
            assert not rule.roles & {"parent", "system"}


def test_own_joins_roles_and_sets_of_roles() -> None:
    assert own("clerk", access.HEADS).roles == {"clerk", "principal", "deputy"}
