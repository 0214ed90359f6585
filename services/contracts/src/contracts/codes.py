"""One-time codes and classes: how they are written, and all that services know of a code.

The gateway makes the codes and hands out their fingerprints; surveys, its database and the broker
never see a code itself.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from contracts.written import clean

# Who may answer: whoever has the link, or whoever has a slip with a code.
Access = Literal["open", "codes"]

# Crockford's alphabet: no I, L, O, U, so that nothing is read as something else.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS: Final = 5  # of each of its 32 letters
GROUPS: Final = 3
GROUP_LENGTH: Final = 4
_READ: Final = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\u00a0": None})
_CLASS: Final = re.compile(r"\w(?:[\w .-]{0,10}[\w.])?")

Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def make_code(draw: Callable[[int], int]) -> str:
    """Return a code of 60 random bits as "7K2M-QX9D-A4TW"; `draw(n)` returns n of them."""
    length = GROUPS * GROUP_LENGTH
    drawn = draw(BITS * length)
    return write_code(
        "".join(ALPHABET[drawn >> BITS * at & len(ALPHABET) - 1] for at in range(length))
    )


def write_code(letters: str) -> str:
    """Return the letters of a code in groups, as a slip shows them."""
    return "-".join(
        letters[start : start + GROUP_LENGTH] for start in range(0, len(letters), GROUP_LENGTH)
    )


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed, as slips show it; None for what can be no code."""
    letters = typed.strip().upper().translate(_READ)
    if len(letters) != GROUPS * GROUP_LENGTH or any(one not in ALPHABET for one in letters):
        return None
    return write_code(letters)


def fingerprint(campaign_id: UUID, code: str) -> str:
    """Return what stands for a code of one campaign, in hexadecimal; `code` as slips show it."""
    return hashlib.sha256(campaign_id.bytes + code.encode()).hexdigest()


def _class_code(text: str) -> str:
    text = clean(text)
    if not _CLASS.fullmatch(text):
        raise ValueError("a class is 1 to 12 letters, digits, spaces, dots and dashes")
    return text


# A class as the school calls it: "3A", "Lá 2", "Nhà trẻ 1".
ClassCode = Annotated[str, StringConstraints(max_length=48), AfterValidator(_class_code)]


def read_class(typed: str) -> str | None:
    """Return the class that a link or a cell names; None for what can be none."""
    try:
        return _class_code(typed[:48])
    except ValueError:
        return None
