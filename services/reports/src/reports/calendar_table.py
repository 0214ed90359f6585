"""The reports of a year with their deadlines: `python -m reports.calendar_table 2024`."""

import sys
from collections.abc import Iterator
from datetime import date
from typing import Final

from reports.domain.documents.phrases import period_words
from reports.domain.kinds import Kind
from reports.shipped import kinds
from workdays import Calendar, Deadline, Period, Step

HEAD: Final = (
    "| # | báo cáo | kỳ | số liệu đến hết ngày | hạn gửi | dời vì |",
    "|---|---|---|---|---|---|",
)
WEEKDAYS: Final = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


def rows(year: int) -> Iterator[str]:
    """Yield the lines of a Markdown table of what every school owes for the periods of a year."""
    calendar = Calendar()
    owed = [
        (kind.deadline.after(calendar, period.ends_on), kind, period)
        for kind, period in kinds().periods_of(year)
    ]
    order = {code: place for place, code in enumerate(kinds().codes())}
    owed.sort(key=lambda one: (one[0].due_on, order[one[1].code]))
    yield from HEAD
    for number, (deadline, kind, period) in enumerate(owed, 1):
        yield _row(number, deadline, kind, period)


def _row(number: int, deadline: Deadline, kind: Kind, period: Period) -> str:
    moved = [step for step in deadline.steps if step.code == "moved_from"]
    cells = (
        str(number),
        kind.title.vi,
        period_words(period),
        f"{period.ends_on:%d/%m/%Y}",
        f"{WEEKDAYS[deadline.due_on.weekday()]}, {deadline.due_on:%d/%m/%Y}",
        ", ".join(map(_moved_by, moved)) or "–",
    )
    return f"| {' | '.join(cells)} |"


def _moved_by(step: Step) -> str:
    day = date.fromisoformat(step.params["on"])
    whys = {"holiday": step.params["vi"], "override": step.params["legal_basis"]}
    why = whys.get(step.params["why"])
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m}" + (f" ({why})" if why else "")


if __name__ == "__main__":
    sys.stdout.write("\n".join(rows(int(sys.argv[1]))) + "\n")
