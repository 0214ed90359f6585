"""Who asks, and what lies in scope: an account or key with its schools of a day, in one query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    LargeBinary,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    null,
    or_,
    select,
    true,
    values,
)
from sqlalchemy.dialects.postgresql import ARRAY

from contracts.rpc.base import Role
from directory.domain.roles import SEES_BY
from directory.storage.account_tables import accounts, api_keys, sessions
from directory.storage.tables import memberships, schools

# The codes of units, schools included, that somebody's role reaches; None: everything.
Reach = frozenset[str] | None


@dataclass(frozen=True)
class Caller:
    """Who asks. `opened_at` and `used_at` are those of the session, None without one."""

    id: UUID
    username: str
    display_name: str
    role: Role
    unit: str | None
    must_change_password: bool
    opened_at: datetime | None
    used_at: datetime | None
    schools: tuple[str, ...] | None


def within(reach: Reach, unit: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that a unit's column lies in reach; no unit lies in the operator's."""
    return true() if reach is None else unit.in_(reach)


class ScopeRepository:
    """Questions about scope, by the hierarchies of `today`."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._connection = connection
        self._today = today

    def of_session(self, token_hash: bytes) -> Caller | None:
        """Return whose session it is, ended by itself or not; None for one that is unknown."""
        return self._caller(_OF_SESSION, token_hash)

    def of_key(self, token_hash: bytes) -> Caller | None:
        """Return whose key it is; None for one that is unknown or revoked."""
        return self._caller(_OF_KEY, token_hash)

    def of_account(self, account_id: UUID) -> Caller | None:
        """Return an account that is not disabled."""
        return self._caller(_OF_ACCOUNT, account_id)

    def of_key_id(self, key_id: UUID) -> Caller | None:
        """Return a key that is not revoked."""
        return self._caller(_OF_KEY_ID, key_id)

    def reach(self, role: Role, unit: str | None) -> Reach:
        """Return the codes at and below a unit, down the hierarchies that the role names."""
        if role in _EVERYWHERE:
            return None
        given = {"role": role, "unit": unit, "today": self._today}
        return frozenset(row.unit for row in self._connection.execute(_REACH, given))

    def _caller(self, query: Select[Any], asked: bytes | UUID) -> Caller | None:
        given = {"asked": asked, "today": self._today}
        row: Any = self._connection.execute(query, given).mappings().first()
        if row is None:
            return None
        seen = row["schools"]
        return Caller(**{**row, "schools": None if seen is None else tuple(seen)})


_EVERYWHERE: Final = ("operator", "system")
_TODAY = bindparam("today", type_=Date)
_HASH = bindparam("asked", type_=LargeBinary)
_ID = bindparam("asked", type_=Uuid)
_NEVER = null().label("opened_at"), null().label("used_at")
_a, _k, _s, _m = accounts.c, api_keys.c, sessions.c, memberships.c
_ACCOUNT = (_a.id, _a.username, _a.display_name, _a.role, _a.unit, _a.must_change_password)
_KEY = (
    _k.id,
    _k.title.label("username"),
    _k.title.label("display_name"),
    _k.role,
    _k.unit,
    false().label("must_change_password"),
)


def _reached(who: Any) -> Select[tuple[str]]:
    """Return the query for `who.unit` and all below it, down each hierarchy that its role names."""
    pairs = [(role, hierarchy) for role, seen in SEES_BY.items() for hierarchy in seen]
    sight = values(column("role", Text), column("hierarchy", Text), name="sight").data(pairs)
    holds = (_m.valid_from <= _TODAY) & or_(_m.valid_to.is_(None), _m.valid_to > _TODAY)
    # Each hierarchy is walked by itself: a step down one is never followed by a step down another.
    below = (
        select(who.c.unit, sight.c.hierarchy)
        .join(sight, sight.c.role == who.c.role)
        .cte("below", recursive=True)
    )
    below = below.union(
        select(_m.unit, _m.hierarchy)
        .join(below, (below.c.unit == _m.parent) & (below.c.hierarchy == _m.hierarchy))
        .where(holds)
    )
    codes = select(who.c.unit).union(select(below.c.unit)).subquery("reached")
    return select(codes.c.unit)


def _with_schools(asking: Select[Any]) -> Select[Any]:
    """Return the query for who asks and the codes of the schools in scope."""
    who = asking.cte("who")
    seen = select(schools.c.code).where(schools.c.code.in_(_reached(who))).order_by(schools.c.code)
    codes = case(
        (who.c.role.in_(_EVERYWHERE), null()),
        else_=func.array(seen.scalar_subquery(), type_=ARRAY(Text)),
    )
    return select(who, codes.label("schools"))


_OF_SESSION = _with_schools(
    select(*_ACCOUNT, _s.opened_at, _s.used_at)
    .join(sessions, _s.account_id == _a.id)
    .where(_s.token_hash == _HASH, _a.disabled.is_(False))
)
_OF_ACCOUNT = _with_schools(select(*_ACCOUNT, *_NEVER).where(_a.id == _ID, _a.disabled.is_(False)))
_OF_KEY = _with_schools(
    select(*_KEY, *_NEVER).where(_k.token_hash == _HASH, _k.revoked_at.is_(None))
)
_OF_KEY_ID = _with_schools(select(*_KEY, *_NEVER).where(_k.id == _ID, _k.revoked_at.is_(None)))
_REACH = _reached(
    select(
        cast(bindparam("role"), Text).label("role"), cast(bindparam("unit"), Text).label("unit")
    ).cte("who")
)
