"""Receipt codes: short, typed by hand without doubt, impossible to guess, and without time."""

from collections.abc import Callable

# Crockford's alphabet: no I, L, O, U, so that nothing is read as something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_LENGTH = 3, 4


def make_receipt(choose: Callable[[str], str]) -> str:
    """Return a code of 60 random bits as "7K2M-QX9D-A4TW"; `choose` picks one letter."""
    letters = [choose(ALPHABET) for _ in range(GROUPS * GROUP_LENGTH)]
    return "-".join(
        "".join(letters[start : start + GROUP_LENGTH])
        for start in range(0, len(letters), GROUP_LENGTH)
    )
