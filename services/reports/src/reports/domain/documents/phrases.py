"""What a report's document says by itself: its subject, its headings, its figures."""

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
    text = words if rest in {"năm", ""} else f"{rest} {words}"
    return text[:1].upper() + text[1:]


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
        # Cut off, not rounded: 94.96 % must not be read as 95,0 %.
        return f"{int(value * 10) / 10:.1f}%".replace(".", ",")
    english = f"{value:,.2f}".rstrip("0").rstrip(".")
    return english.translate(_IN_VIETNAMESE)
