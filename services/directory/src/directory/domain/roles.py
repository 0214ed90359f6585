"""Who may hold a role where, who grants it, and which hierarchies give it schools."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts.events.directory import Hierarchy
from contracts.rpc.accounts import AccountRole
from contracts.rpc.base import Role
from contracts.rpc.directory import UnitKind

# A granter gives the roles of a lower rank.
_RANK: Final[Mapping[Role, int]] = MappingProxyType(
    {
        "operator": 50,
        "district_officer": 40,
        "district_viewer": 35,
        "principal": 30,
        "deputy": 20,
        "unit_head": 10,
        "clerk": 10,
        "accountant": 10,
        "teacher": 10,
        "union": 10,
    }
)
_GRANTERS: Final = frozenset[Role]({"operator", "district_officer", "principal", "deputy"})

# Which hierarchies a role at an authority looks down: a school below it in any of them is in scope.
SEES_BY: Final[Mapping[Role, tuple[Hierarchy, ...]]] = MappingProxyType(
    {
        "district_officer": ("administrative", "professional", "cluster"),
        "district_viewer": ("administrative", "professional", "cluster"),
    }
)


def may_grant(granter: Role, role: AccountRole) -> bool:
    """Whether `granter` may make, reset and disable accounts of `role`: only those below."""
    return granter in _GRANTERS and _RANK[granter] > _RANK[role]


def fits(role: AccountRole, place: UnitKind | str | None) -> bool:
    """Whether a role is held at such a place.

    `place` is a unit's kind, "school", or None for no unit. The operator stands above all units,
    the district's roles at units above schools, all others at a school.
    """
    if role == "operator":
        return place is None
    if role in SEES_BY:
        return place is not None and place != "school"
    return place == "school"
