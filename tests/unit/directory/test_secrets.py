"""Passwords, attempts, sessions: what people may choose, how failures slow down, when it ends."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from directory.application.hashing import Passwords, initial_password
from directory.application.tokens import digest, is_key, new_key_token, new_session_token
from directory.domain.attempts import FREE_ATTEMPTS, Attempts, one_more, wait
from directory.domain.passwords import SHORTEST, fault_of
from directory.domain.sessions import Lifetime

NOW = datetime(2024, 3, 5, 3, tzinfo=UTC)
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        ("ngắn quá", "too_short"),
        ("aaaaaaaaaaaaaaaa", "too_simple"),
        ("xin chao HoaHong 2024", "holds_username"),
        ("mật khẩu cũ đây", "same_as_old"),
        ("một câu dễ nhớ", None),
    ],
)
def test_passwords_are_long_and_not_obvious(new: str, fault: str | None) -> None:
    assert fault_of(new, old="mật khẩu cũ đây", username="hoahong") == fault


def test_made_passwords_and_tokens_are_good_and_never_the_same() -> None:
    made = [initial_password() for _ in range(200)]
    assert len(set(made)) == 200
    assert all(fault_of(one, old="", username="hoahong") is None for one in made)
    assert len({new_session_token() for _ in range(200)}) == 200
    assert is_key(new_key_token())
    assert not is_key(new_session_token())
    assert len(digest("x")) == 32


def test_a_password_is_the_same_however_it_was_composed() -> None:
    hashing = Passwords(hasher=CHEAP)
    kept = hashing.hash(unicodedata.normalize("NFD", "mật khẩu dài lắm"))
    assert kept.startswith("$argon2id$")
    assert hashing.verify(kept, unicodedata.normalize("NFC", "mật khẩu dài lắm"))
    assert not hashing.verify(kept, "mat khau dai lam")


def test_for_nobody_a_hash_is_verified_all_the_same() -> None:
    ran: list[object] = []

    def offload(function: object, *arguments: object) -> object:
        ran.append(function)
        return function(*arguments)  # type: ignore[operator]  # it is a function

    hashing = Passwords(offload, CHEAP)
    assert not hashing.verify(None, "whatever it is")
    assert len(ran) == 1


def test_hashes_of_old_parameters_are_known() -> None:
    old, new = Passwords(hasher=CHEAP), Passwords(hasher=PasswordHasher(2, 16, 1))
    kept = old.hash("mật khẩu dài lắm")
    assert new.outdated(kept)
    assert not old.outdated(kept)
    assert new.verify(kept, "mật khẩu dài lắm")


def test_five_attempts_are_free_then_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    attempts, pauses = None, []
    for _ in range(12):
        attempts = one_more(attempts, NOW)
        pause = wait(attempts, NOW)
        pauses.append(int(pause.total_seconds()) if pause else 0)
    assert pauses == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_no_pause_is_longer_than_the_longest(count: int, seconds: int) -> None:
    pause = wait(Attempts(count, NOW), NOW + timedelta(seconds=seconds))
    assert pause is None or timedelta() < pause <= timedelta(minutes=15)


def test_a_pause_ends_and_yesterdays_attempts_are_forgotten() -> None:
    tired = Attempts(FREE_ATTEMPTS, NOW)
    assert wait(tired, NOW + timedelta(seconds=29)) == timedelta(seconds=1)
    assert wait(tired, NOW + timedelta(seconds=30)) is None
    assert one_more(tired, NOW + timedelta(hours=24)).count == 1
    assert one_more(tired, NOW + timedelta(hours=23)).count == FREE_ATTEMPTS + 1


def test_a_session_ends_when_unused_and_in_any_case() -> None:
    life = Lifetime(idle=timedelta(hours=2), absolute=timedelta(hours=12))
    ago = {hours: NOW - timedelta(hours=hours) for hours in range(14)}
    assert life.alive(NOW, opened_at=ago[11], used_at=ago[1])
    assert not life.alive(NOW, opened_at=ago[11], used_at=ago[2])
    assert not life.alive(NOW, opened_at=ago[12], used_at=ago[0])


def test_short_is_less_than_what_is_told() -> None:
    assert fault_of("abcdefghi", old="", username="x-y") == "too_short"
    assert fault_of("abcdefghij"[:SHORTEST], old="", username="x-y") is None
