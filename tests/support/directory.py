"""Directory over a real database without a broker: what storage and component tests start from."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from argon2 import PasswordHasher
from sqlalchemy import Engine

from contracts.events.directory import Hierarchy
from contracts.problems import Problem
from contracts.rpc import accounts as a
from contracts.rpc import directory as m
from contracts.rpc.base import PARENT, Actor, Call
from contracts.rpc.sessions import ResolveSession, Session
from directory.application import calling, schools, units
from directory.application.hashing import Passwords
from directory.application.wired import Directory, wire
from directory.storage.unit_of_work import open_units

OPERATOR = Actor(role="operator", schools=None)
START = date(2020, 1, 1)


@dataclass
class Clock:
    """A clock that stands where the test puts it."""

    now: datetime = field(default=datetime(2024, 3, 5, 3, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def on(self, day: date) -> None:
        """Put it to the morning of a day."""
        self.now = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)

    def later(self, **delta: float) -> None:
        """Let time pass."""
        self.now += timedelta(**delta)


def call(actor: Actor) -> Call:
    """A call with a chain of its own."""
    return Call(actor=actor, correlation_id=uuid4())


class Room:
    """Directory with business time and real time in the test's hand, and cheap hashes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.business = Clock()
        self.real = Clock()
        self.hashing = Passwords(hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.directory: Directory = wire(open_units(engine, self.business, self.real), self.hashing)

    def rows(self, sql: str, **given: object) -> list[tuple[object, ...]]:
        """Ask the database."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, given or None)]

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The data of the events of a kind, in order."""
        found = self.rows(
            "SELECT data FROM events WHERE type = %(kind)s ORDER BY recorded_at", kind=kind
        )
        return [row[0] for row in found]  # type: ignore[misc]  # JSON comes as a dict

    def audit(self, action: str) -> list[tuple[object, ...]]:
        """Role, account, subject, before and after of the audit rows of an action."""
        return self.rows(
            "SELECT role, account_id, subject, before, after FROM audit_entries"
            " WHERE action = %(action)s ORDER BY id",
            action=action,
        )

    def unit(self, code: str, kind: m.UnitKind = "authority") -> None:
        """Make a unit."""
        with self.directory.units.for_call(call(OPERATOR)) as work:
            units.create_unit(work, m.CreateUnit(code=code, title=f"Đơn vị {code}", kind=kind))

    def move(self, unit: str, parent: str, day: date, by: Hierarchy = "administrative") -> m.Move:
        """Move a unit or school."""
        with self.directory.units.for_call(call(OPERATOR)) as work:
            return units.move_unit(
                work, m.MoveUnit(unit=unit, hierarchy=by, parent=parent, valid_from=day)
            )

    def school(self, code: str, **parents: str) -> m.School:
        """Register a school that opened in 2020."""
        asked: Any = {
            "code": code,
            "title": f"Trường {code}",
            "level": "kindergarten",
            "opened_on": START,
            "parents": parents,
        }
        with self.directory.units.for_call(call(OPERATOR)) as work:
            return schools.register_school(work, m.RegisterSchool(**asked))

    def account(
        self, username: str, role: a.AccountRole, unit: str | None, by: Actor = OPERATOR
    ) -> a.NewPassword:
        """Make an account."""
        wanted = a.CreateAccount(username=username, display_name="Người mẫu", role=role, unit=unit)
        return self.directory.accounts.create(call(by), wanted)

    def login(self, username: str, password: str) -> a.LoggedIn:
        """Log in."""
        return self.directory.logins.login(
            call(PARENT), a.Login(username=username, password=password)
        )

    def resolve(self, token: str) -> Session:
        """Ask who sent a token."""
        with self.directory.units.for_call(call(PARENT)) as work:
            return calling.resolve_session(
                work, ResolveSession(token=token), self.directory.lifetime
            )

    def actor(self, username: str, role: a.AccountRole, unit: str) -> Actor:
        """Make an account and return who acts once it is logged in."""
        made = self.account(username, role, unit)
        return self.resolve(self.login(username, made.initial_password).token).actor


def code_of(refused: Any) -> str:
    """The code of the problem that pytest caught."""
    problem: Problem = refused.value
    return problem.code
