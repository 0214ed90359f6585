from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import psycopg
import pytest

from chassis.clock import VIETNAM
from contracts.events.directory import Hierarchy
from contracts.model import Model
from contracts.rpc import accounts as a
from contracts.rpc import directory as m
from contracts.rpc.base import PARENT, Actor, Empty, Request
from contracts.rpc.sessions import ResolveSession, Session
from deploy.local.postgres import Database, PostgreSQL
from tests.support.alone import Alone, alone
from tests.support.databases import lent
from tests.support.rpc import OPERATOR

FIRST_PASSWORD = "ban-dau-rat-dai-2468"
START = date(2020, 1, 1)
R = TypeVar("R", bound=Model)


class Directory(Alone):
    """Directory as a process, asked as the gateway asks it; its listeners played by the test."""

    def ask(
        self,
        method: str,
        request: Request,
        reply: type[R],
        actor: Actor = OPERATOR,
        correlation_id: UUID | None = None,
    ) -> R:
        """Ask one of its methods."""
        return self.rpc.call(
            f"directory.{method}", request, reply, actor=actor, correlation_id=correlation_id
        )

    def login(self, username: str, password: str) -> a.LoggedIn:
        """Log in."""
        wanted = a.Login(username=username, password=password)
        return self.ask("login", wanted, a.LoggedIn, PARENT)

    def resolve(self, token: str) -> Session:
        """Ask who sent a token."""
        return self.ask("resolve_session", ResolveSession(token=token), Session, PARENT)

    def unit(self, code: str) -> None:
        """Make an authority."""
        wanted = m.CreateUnit(code=code, title=f"Đơn vị {code}", kind="authority")
        self.ask("create_unit", wanted, m.Unit)

    def school(self, code: str, parent: str, correlation_id: UUID | None = None) -> m.School:
        """Register a school."""
        wanted = m.RegisterSchool(
            code=code,
            title=f"Trường {code}",
            level="kindergarten",
            opened_on=START,
            parents={"administrative": parent},
        )
        return self.ask("register_school", wanted, m.School, correlation_id=correlation_id)

    def move(self, unit: str, parent: str, day: date, by: Hierarchy = "administrative") -> m.Move:
        """Move a unit."""
        wanted = m.MoveUnit(unit=unit, hierarchy=by, parent=parent, valid_from=day)
        return self.ask("move_unit", wanted, m.Move)

    def account(self, username: str, role: a.AccountRole, unit: str | None) -> a.NewPassword:
        """Make an account."""
        wanted = a.CreateAccount(username=username, display_name="Người mẫu", role=role, unit=unit)
        return self.ask("create_account", wanted, a.NewPassword)

    def change_password(self, who: a.LoggedIn, old: str, new: str) -> None:
        """Change a password as the one who is logged in."""
        wanted = a.ChangePassword(old=old, new=new, token=who.token)
        self.ask("change_password", wanted, Empty, self.resolve(who.token).actor)

    def execute(self, sql: str) -> None:
        """Change its database behind its back: real time can't be moved from outside."""
        with psycopg.connect(self.database.url) as connection:
            connection.execute(sql.encode())

    def dump(self) -> str:
        """Everything that its events and its audit hold."""
        with psycopg.connect(self.database.url) as connection:
            rows = connection.execute(
                b"SELECT to_jsonb(e)::text FROM events e"
                b" UNION ALL SELECT to_jsonb(a)::text FROM audit_entries a"
            ).fetchall()
        return "\n".join(row[0] for row in rows)


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A database of directory, with its newest tables."""
    with lent("directory", postgres) as one:
        yield one


@contextmanager
def fresh_directory(amqp_url: str, database: Database, folder: Path) -> Iterator[Directory]:
    """Run it; it is 10 January 2024, and the operator has the first password."""
    start = datetime(2024, 1, 10, 9, tzinfo=VIETNAM)
    first = {"KIPTHOI_OPERATOR_PASSWORD": FIRST_PASSWORD}
    with alone(Directory, amqp_url, database, folder, start, **first) as process:
        yield process


@pytest.fixture
def directory(amqp_url: str, database: Database, tmp_path: Path) -> Iterator[Directory]:
    with fresh_directory(amqp_url, database, tmp_path) as process:
        yield process
