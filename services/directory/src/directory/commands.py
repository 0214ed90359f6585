"""`kipthoi users add|list|reset`: works on the directory's database itself, without any service.

For the first account of a fresh install, and for an operator who lost the password.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, get_args

from pydantic import ValidationError
from sqlalchemy.exc import OperationalError, ProgrammingError

from chassis.clock import real_clock
from chassis.database import make_engine
from contracts.problems import Problem
from contracts.rpc.accounts import AccountRole, CreateAccount, ListAccounts
from directory.application.accounts import create_account, list_accounts, reset_password
from directory.application.hashing import Passwords, initial_password
from directory.storage.unit_of_work import DirectoryUnitOfWork, open_units
from messaging.cli import Refused

VARIABLE = "KIPTHOI_DIRECTORY_DATABASE_URL"
REASONS = {
    "directory.username_taken": "this username is taken",
    "directory.unknown_unit": "there is no such unit or school",
    "directory.role_misplaced": "this role is not held there: an operator has no unit, a"
    " district's role an authority, a school's role a school",
}


def add_users(commands: Any) -> None:
    """Add `users` to the operator's command."""
    users = commands.add_parser("users", help="who may log in").add_subparsers(
        required=True, metavar="ACTION"
    )
    adding = _action(users, "add", _add, "make an account; its initial password is printed once")
    adding.add_argument("username")
    adding.add_argument("--role", choices=get_args(AccountRole), default="operator")
    adding.add_argument("--unit", metavar="CODE", help="where the role is held")
    adding.add_argument("--name", metavar="NAME", help="how people call it (the username)")
    listing = _action(users, "list", _list, "accounts, the operators first")
    listing.add_argument("--unit", metavar="CODE", help="only those held there")
    resetting = _action(users, "reset", _reset, "make a new initial password; sessions end")
    resetting.add_argument("username")


def _action(
    actions: Any, name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=summary, description=summary)
    parser.set_defaults(run=run)
    return parser


def _add(options: argparse.Namespace) -> int:
    try:
        wanted = CreateAccount(
            username=options.username,
            display_name=options.name or options.username,
            role=options.role,
            unit=options.unit,
        )
    except ValidationError as wrong:
        fields = ", ".join(sorted({str(error["loc"][0]) for error in wrong.errors()}))
        raise Refused(f"not well formed: {fields}") from None
    password = initial_password()
    with _directory() as work:
        made = create_account(work, wanted, password, Passwords().hash(password))
    _say(f"{made.username}  {made.role}  {made.unit or '-'}")
    _tell(password)
    return 0


def _list(options: argparse.Namespace) -> int:
    with _directory() as work:
        listed = list_accounts(work, ListAccounts(unit=options.unit)).items
    for account in listed:
        states = ["disabled"] * account.disabled
        states += ["first password"] * account.must_change_password
        seen = f"{account.last_login_at:%Y-%m-%d %H:%M}" if account.last_login_at else "never"
        _say(
            f"{account.username:<24} {account.role:<16} {account.unit or '-':<24}"
            f" last login {seen}  {', '.join(states)}".rstrip()
        )
    return 0 if listed else 1


def _reset(options: argparse.Namespace) -> int:
    password = initial_password()
    with _directory() as work:
        found = work.accounts.named(options.username.strip().lower())
        if found is None:
            raise Refused(f"nobody is called {options.username}")
        account = work.accounts.lock(found.id, None)
        assert account is not None  # accounts are never deleted
        reset_password(work, account, password, Passwords().hash(password))
    _tell(password)
    return 0


@contextmanager
def _directory() -> Iterator[DirectoryUnitOfWork]:
    """Open a transaction on the directory's database as the system itself, outside eventlet."""
    url = os.environ.get(VARIABLE)
    if not url:
        raise Refused(f"{VARIABLE} is not set")
    engine = make_engine(url, pool_size=1)
    try:
        with open_units(engine, real_clock).for_system() as work:
            yield work
    except Problem as problem:
        raise Refused(REASONS.get(problem.code, problem.code)) from None
    except OperationalError:
        raise Refused("the database does not answer") from None
    except ProgrammingError:
        raise Refused("the database is not migrated: python -m chassis.migrate directory") from None
    finally:
        engine.dispose()


def _tell(password: str) -> None:
    _say(f"initial password: {password}")
    _say("It is shown only here and has to be changed at the first login.")


def _say(line: str) -> None:
    print(line)  # noqa: T201  a command talks to a terminal
