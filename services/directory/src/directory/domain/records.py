"""What directory knows: units, schools, accounts, keys."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.events.directory import SchoolLevel
from contracts.rpc.accounts import AccountRole
from contracts.rpc.directory import DayKind, UnitKind


@dataclass(frozen=True)
class Unit:
    """An authority, an office, a cluster. `version` counts everything told about the unit."""

    code: str
    title: str
    kind: UnitKind
    version: int = 0


@dataclass(frozen=True)
class School:
    """A school: a unit without units below it. `closed_on` is its last day."""

    code: str
    title: str
    level: SchoolLevel
    opened_on: date
    closed_on: date | None = None
    version: int = 0


@dataclass(frozen=True)
class CalendarDay:
    """A day that an authority made a day off or a working day."""

    day: date
    kind: DayKind
    legal_basis: str
    version: int


@dataclass(frozen=True)
class Account:
    """Somebody who may log in, with one role at one unit. The password's hash stays in storage."""

    id: UUID
    username: str
    display_name: str
    role: AccountRole
    unit: str | None
    disabled: bool = False
    must_change_password: bool = True
    last_login_at: datetime | None = None


@dataclass(frozen=True)
class ApiKey:
    """A machine that may call, with one role at one unit. The secret's hash stays in storage."""

    id: UUID
    title: str
    role: AccountRole
    unit: str | None
    created_at: datetime
    revoked_at: datetime | None = None
