"""A period as people say it in files and texts: "quý I/2024"."""

from typing import Final

from contracts.periods import PeriodRef
from gateway.words import Language, say

_ROMAN: Final = ("", "I", "II", "III", "IV")


def period_words(language: Language, period: PeriodRef) -> str:
    """Return the name of a period in the reader's language."""
    index = period.index
    params = {
        "year": period.year,
        "month": index,
        "roman": _ROMAN[index] if index < len(_ROMAN) else index,
    }
    return say(language, f"period.{period.kind}", params)
