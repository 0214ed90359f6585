"""Which passwords people may choose: long ones, without rules about kinds of letters."""

import unicodedata
from typing import Final

from contracts.rpc.accounts import PasswordFault

SHORTEST: Final = 10
FEWEST_LETTERS: Final = 5


def normalise(password: str) -> str:
    """Return the one spelling that is hashed: keyboards compose Vietnamese letters differently."""
    return unicodedata.normalize("NFC", password)


def fault_of(new: str, *, old: str, username: str) -> PasswordFault | None:
    """Return what is wrong with a new password (normalised, as is `old`), None when nothing is."""
    if len(new) < SHORTEST:
        return "too_short"
    if len(set(new)) < FEWEST_LETTERS:
        return "too_simple"
    if username.casefold() in new.casefold():
        return "holds_username"
    if new == old:
        return "same_as_old"
    return None
