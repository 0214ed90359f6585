"""What a report's document says by itself: its subject, its headings, its figures."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from reports.domain.drafts import FigureKind
from workdays import Period

ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
# What stands where nobody has written anything yet; a document with it is not issued.
UNWRITTEN: Final = "……………"
_IN_VIETNAMESE: Final = str.maketrans(",.", ".,")


def period_words(period: Period) -> str:
    """Return a period as a title names it: "quý I năm 2024"."""
    quarter = ROMAN[period.index] if period.kind == "quarter" else ""
    names = {
        "month": f"tháng {period.index} năm {period.year}",
        "quarter": f"quý {quarter} năm {period.year}",
        "first_half": f"6 tháng đầu năm {period.year}",
        "second_half": f"6 tháng cuối năm {period.year}",
        "nine_months": f"9 tháng đầu năm {period.year}",
        "year": f"năm {period.year}",
    }
    return names[period.kind]


def subject_of(title: str, period: Period) -> str:
    """Return what a report is about: "Báo cáo năm" for 2024 → "Năm 2024"."""
    rest = title.removeprefix("Báo cáo").strip()
    words = period_words(period)
    return begun(words if rest in {"năm", ""} else f"{rest} {words}")


def begun(words: str) -> str:
    """Return words as they begin a line; the rest keeps its capitals: "Quý I năm 2024"."""
    return words[:1].upper() + words[1:]


def heading(number: int, words: str) -> str:
    """Return the heading of a section, which is a part of the checklist: "I. …"."""
    return f"{ROMAN[number]}. {words.upper()}"


def covered(period: Period) -> str:
    """Return the sentence over the figures of a section."""
    return f"Số liệu từ ngày {period.starts_on:%d/%m/%Y} đến ngày {period.ends_on:%d/%m/%Y}:"


def figure(kind: FigureKind, value: float, before: float | None) -> str:
    """Return the line of a figure, with that of the period before where it is known."""
    beside = "" if before is None else f" (kỳ trước: {shown(kind, before)})"
    return f"- {kind.words.vi}: {shown(kind, value)}{beside}."


def shown(kind: FigureKind, value: float | None) -> str:
    """Return a figure as documents write it, a dash where there is none."""
    if value is None:
        return "–"
    if kind.unit == "percent":
        return f"{_tenths(value)}%".replace(".", ",")
    english = f"{value:,.2f}".rstrip("0").rstrip(".")
    return english.translate(_IN_VIETNAMESE)


def _tenths(percent: float) -> Decimal:
    """Return a share as the pages show it, and never as the whole percent that it missed.

    97.857 is read as 97.9; 94.96 as 94.9, for a target of 95 % is not met by it.
    """
    exact, tenth = Decimal(repr(percent)), Decimal("0.1")
    nearest = exact.quantize(tenth, ROUND_HALF_UP)
    missed = nearest > exact and nearest == nearest.to_integral_value()
    return exact.quantize(tenth, ROUND_DOWN) if missed else nearest
