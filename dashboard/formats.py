"""How dates and numbers are written: dd/mm/yyyy, "95,2 %" in Vietnamese, "95.2%" in English."""

from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from babel.numbers import format_decimal

# Vietnam has had one zone without daylight saving since 1975; no time zone data is needed.
VIETNAM: Final = timezone(timedelta(hours=7))
SPACE: Final = "\u00a0"  # a figure and its sign stay on one line
NOTHING: Final = "\u2013"


class Formats:
    """Writes values for one language. Everything takes what JSON carries and bears None."""

    def __init__(self, language: str) -> None:
        self.language = language

    def day(self, iso: str | None) -> str:
        """Write "2024-03-18" as "18/03/2024"; a moment gives its day in Vietnam."""
        if not iso:
            return NOTHING
        if "T" in iso:
            return _moment(iso).strftime("%d/%m/%Y")
        return date.fromisoformat(iso).strftime("%d/%m/%Y")

    def moment(self, iso: str | None) -> str:
        """Write "2024-03-05T02:30:00Z" as "05/03/2024, 09:30", the time in Vietnam."""
        return _moment(iso).strftime("%d/%m/%Y, %H:%M") if iso else NOTHING

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with its thousands grouped and `digits` decimals."""
        if value is None:
            return NOTHING
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return format_decimal(exact, format=pattern, locale=self.language)

    def percent(self, value: float | None, target: float | None = None) -> str:
        """A percentage: 95.23 → "95,2 %", the integer 95 (a target) → "95 %".

        It never reads as its target when it lies below: 94.96 with a target of 95 gives
        "94,96 %". The verdict compares unrounded, so must the eye.
        """
        if value is None:
            return NOTHING
        text = self.number(value, 0 if isinstance(value, int) else 1)
        if target is not None and value < target <= round(value, 1):
            cut = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_DOWN)
            text = self.number(float(cut), 2)
        return f"{text}{SPACE}%" if self.language == "vi" else f"{text}%"


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(VIETNAM)
