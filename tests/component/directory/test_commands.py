"""`kipthoi users`: the first account of a fresh install, and the way back in."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.postgres import Database, PostgreSQL
from tests.component.directory.conftest import Directory

KIPTHOI = Path(sys.executable).with_name("kipthoi")


def kipthoi(database_url: str | None, *arguments: str) -> tuple[int, str, str]:
    """Run the command; returns its exit code and what it printed."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("KIPTHOI_")}
    if database_url:
        environ["KIPTHOI_DIRECTORY_DATABASE_URL"] = database_url
    done = subprocess.run(  # noqa: S603 - our own command
        [KIPTHOI, *arguments], env=environ, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def password_in(printed: str) -> str:
    """The password that was printed, which is printed once."""
    found = re.findall(r"^initial password: (\S+)$", printed, re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def test_an_account_made_on_the_terminal_logs_in_and_is_reset(directory: Directory) -> None:
    url = directory.database.url
    code, out, err = kipthoi(url, "users", "add", "Ky.Thuat", "--name", "Kỹ thuật (mẫu)")
    assert (code, err) == (0, "")
    opened = directory.login("ky.thuat", password_in(out))
    assert (opened.account.role, opened.account.must_change_password) == ("operator", True)
    assert opened.account.display_name == "Kỹ thuật (mẫu)"

    code, out, _ = kipthoi(url, "users", "list")
    assert code == 0
    assert re.search(r"^ky\.thuat +operator +- .*first password", out, re.MULTILINE)

    code, again, _ = kipthoi(url, "users", "reset", "ky.thuat")
    assert code == 0
    assert directory.login("ky.thuat", password_in(again)).account.username == "ky.thuat"
    kept = directory.dump()
    assert password_in(again) not in kept
    assert '"role": "system"' in kept


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("add", "a b"), "not well formed: username"),
        (("add", "thu.ha", "--role", "teacher", "--unit", "khong-co"), "no such unit"),
        (("add", "thu.ha", "--role", "teacher"), "not held there"),
        (("reset", "khong.ai"), "nobody is called khong.ai"),
    ],
)
def test_what_can_t_be_done_is_said_in_one_line(
    database: Database, arguments: tuple[str, ...], reason: str
) -> None:
    code, out, err = kipthoi(database.url, "users", *arguments)
    assert (code, out) == (2, "")
    assert reason in err
    assert err.count("\n") == 1


def test_a_database_that_is_missing_away_or_empty_is_said_so(postgres: PostgreSQL) -> None:
    for url, reason in (
        (None, "KIPTHOI_DIRECTORY_DATABASE_URL is not set"),
        ("postgresql://nobody:x@127.0.0.1:1/none", "does not answer"),
        (postgres.admin.url, "not migrated"),
    ):
        code, _, err = kipthoi(url, "users", "list")
        assert (code, reason in err) == (2, True), err


def test_a_taken_username_is_refused(database: Database) -> None:
    assert kipthoi(database.url, "users", "list")[0] == 1
    assert kipthoi(database.url, "users", "add", "vanhanh")[0] == 0
    code, out, err = kipthoi(database.url, "users", "add", "vanhanh")
    assert (code, out) == (2, "")
    assert "taken" in err
