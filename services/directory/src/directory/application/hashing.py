"""Passwords become argon2id hashes: slow on purpose, so never inside a transaction."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from directory.domain.passwords import normalise

# Letters and digits that nobody confuses when reading them out; four groups of four: 79 bits.
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS: Final = 4
Offload = Callable[..., Any]


def _at_once(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


class Passwords:
    """Hashes and verifies, by `offload(function, *arguments)`: a service lends other threads.

    Argon2id with the parameters of RFC 9106's second choice (64 MiB, 3 passes, 4 lanes).
    """

    def __init__(self, offload: Offload = _at_once, hasher: PasswordHasher | None = None) -> None:
        self._offload = offload
        self._hasher = hasher or PasswordHasher()
        # Verified where there is no account, so that the answer takes as long as elsewhere.
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Return the hash to keep."""
        made: str = self._offload(self._hasher.hash, normalise(password))
        return made

    def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one of the hash; for no hash False, as slowly."""
        right: bool = self._offload(self._matches, kept or self._nobody, normalise(password))
        return right and kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with parameters that we have left."""
        return self._hasher.check_needs_rehash(kept)

    def _matches(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except VerifyMismatchError:
            return False


def initial_password() -> str:
    """Return a random password that a person can read out and type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(GROUPS))
