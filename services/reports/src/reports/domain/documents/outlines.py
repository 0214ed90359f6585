"""What each kind's document is made of, and the sentences of the figures in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from contracts.rpc.figures import PeriodFigures, SatisfactionFigures, SchoolRow
from workdays import Period

FIGURES: Final = (
    "satisfaction_tthc",
    "satisfaction_care",
    "inspections",
    "findings",
    "remedies",
    "petitions",
    "improvement",
    "timeliness",
)
ROMAN: Final = ("", "I", "II", "III", "IV")
# What stands where nobody has written anything yet; a document with it is not issued.
UNWRITTEN: Final = "……………"


class OutlineError(Exception):
    """The outlines' file says something that can't be; the message names kind and reason."""


@dataclass(frozen=True)
class Part:
    """A section: its heading, and the figures that are filled in before what people write."""

    heading: str
    figures: tuple[str, ...] = ()


Outlines = Mapping[str, tuple[Part, ...]]


def parse(document: Mapping[str, Any]) -> Outlines:
    """Read the outlines by kind; raises `OutlineError`."""
    found: dict[str, tuple[Part, ...]] = {}
    for kind, parts in document["outlines"].items():
        found[kind] = tuple(Part(one["heading"], tuple(one.get("figures", ()))) for one in parts)
        unknown = {name for part in found[kind] for name in part.figures} - set(FIGURES)
        if unknown or not parts:
            raise OutlineError(f"{kind}: no figure is called {', '.join(sorted(unknown))}")
    return found


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


def sentences(
    part: Part, row: SchoolRow, period: PeriodFigures | None, as_of: date
) -> tuple[str, ...]:
    """Return the sentences of a part's figures; a figure that is not known says nothing."""
    said = (_sentence(name, row, period) for name in part.figures)
    known = [one for one in said if one]
    until = f"Số liệu tính từ đầu năm báo cáo đến ngày {as_of:%d/%m/%Y}:"
    return (until, *known) if known else ()


def _sentence(name: str, row: SchoolRow, period: PeriodFigures | None) -> str:
    inspections, remedies, petitions = row.inspections, row.remedies, row.petitions
    time = row.timeliness
    if name == "satisfaction_tthc":
        return _satisfaction("giải quyết thủ tục hành chính", period.tthc if period else None)
    if name == "satisfaction_care":
        return _satisfaction("chăm sóc, nuôi dưỡng, giáo dục", period.care if period else None)
    return {
        "inspections": f"- Kiểm tra: đã hoàn thành {inspections.completed} cuộc, "
        f"đang thực hiện {inspections.ordered} cuộc.",
        "findings": f"- Nội dung được ghi nhận qua kiểm tra: {row.findings}.",
        "remedies": f"- Khắc phục: đã hoàn thành {remedies.closed}, đang thực hiện "
        f"{remedies.open}, quá hạn {remedies.overdue}.",
        "petitions": f"- Phản ánh, kiến nghị: đã trả lời {petitions.answered}, đang xử lý "
        f"{petitions.open}, quá hạn {petitions.overdue}.",
        "improvement": f"- Nhiệm vụ cải thiện đang thực hiện: {row.improvement_tasks}.",
        "timeliness": f"- Báo cáo: gửi đúng hạn {time.on_time}, gửi trễ hạn {time.late}, "
        f"quá hạn chưa gửi {time.overdue}.",
    }[name]


def _satisfaction(what: str, figures: SatisfactionFigures | None) -> str:
    if figures is None or figures.percent is None:
        return ""
    # Cut off, not rounded: 94.96 % must not be read as 95,0 %.
    shown = f"{int(figures.percent * 10) / 10:.1f}".replace(".", ",")
    return (
        f"- Mức độ hài lòng về {what}: {figures.satisfied}/{figures.valid} phiếu hợp lệ "
        f"hài lòng và rất hài lòng, đạt {shown}%."
    )
