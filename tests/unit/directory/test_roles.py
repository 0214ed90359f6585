"""Who grants which role, and where it is held."""

from typing import get_args

import pytest

from contracts.rpc.accounts import AccountRole
from contracts.rpc.base import Role
from directory.domain.roles import fits, may_grant

ROLES: tuple[AccountRole, ...] = get_args(AccountRole)


def grants(granter: Role) -> set[str]:
    return {role for role in ROLES if may_grant(granter, role)}


def test_each_role_grants_those_below_it() -> None:
    staff = {"unit_head", "clerk", "accountant", "teacher", "union"}
    assert grants("operator") == set(ROLES) - {"operator"}
    assert grants("district_officer") == staff | {"principal", "deputy", "district_viewer"}
    assert grants("principal") == staff | {"deputy"}
    assert grants("deputy") == staff
    for role in (*staff, "district_viewer", "parent", "system"):
        assert grants(role) == set()  # type: ignore[arg-type]  # they are roles


@pytest.mark.parametrize("role", ROLES)
def test_nobody_grants_their_own_role(role: AccountRole) -> None:
    assert not may_grant(role, role)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_place(role: AccountRole) -> None:
    places = {
        place for place in (None, "authority", "office", "cluster", "school") if fits(role, place)
    }
    if role == "operator":
        assert places == {None}
    elif role.startswith("district_"):
        assert places == {"authority", "office", "cluster"}
    else:
        assert places == {"school"}
