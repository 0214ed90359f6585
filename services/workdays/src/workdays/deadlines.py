"""Deadlines that explain themselves: the day, the rule, and each step that led there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from workdays.calendar import ONE_DAY, Calendar, DayOff

Wording = Literal["by", "before"]
LATEST_SAFE_DAY = 28
TERM_LEGAL_BASIS = "Bộ luật Dân sự số 91/2015/QH13, Điều 148 khoản 5"


@dataclass(frozen=True)
class Step:
    """One step of an explanation; the sentence for `code` stands in the reader's translations."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Deadline:
    """The last day on which a thing is in time, always a working day, and why it is that day."""

    due_on: date
    rule: str
    version: int
    legal_basis: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class DayOfMonth:
    """A rule "chậm nhất ngày 16" (`by`) or "trước ngày 16" (`before`), after a cut-off.

    It names the first such day after the cut-off, `months_later` months on. `strict` keeps the
    deadline at least one working day after the cut-off (Decree 09/2019/NĐ-CP, art. 8); without it,
    an earlier day stands with a warning, since authorities do set such days.
    """

    code: str
    version: int
    legal_basis: str
    day: int
    wording: Wording = "by"
    months_later: int = 0
    strict: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.day <= LATEST_SAFE_DAY:
            raise ValueError(f"day {self.day} doesn't come in every month")
        if self.months_later < 0:
            raise ValueError("a deadline lies after its cut-off")

    def after(self, calendar: Calendar, cut_off: date) -> Deadline:
        """Return the deadline of what was cut off at the end of `cut_off`."""
        named = _next_day(cut_off, self.day, self.months_later)
        steps = [
            Step("cut_off", {"on": cut_off.isoformat()}),
            Step(f"named_{self.wording}", {"on": named.isoformat()}),
        ]
        due_on = _working_day(calendar, named, self.wording, steps)
        earliest = calendar.add(cut_off, 1)
        if due_on < earliest:
            params = {"on": due_on.isoformat(), "earliest": earliest.isoformat()}
            steps.append(Step("too_early_moved" if self.strict else "too_early", params))
            due_on = earliest if self.strict else due_on
        return Deadline(due_on, self.code, self.version, self.legal_basis, tuple(steps))


def on_day(
    calendar: Calendar, named: date, wording: Wording, *, rule: str, version: int, legal_basis: str
) -> Deadline:
    """Return the deadline that names a day of its own, moved from a day off."""
    steps = [Step(f"named_{wording}", {"on": named.isoformat()})]
    due_on = _working_day(calendar, named, wording, steps)
    return Deadline(due_on, rule, version, legal_basis, tuple(steps))


def in_working_days(
    calendar: Calendar, start: date, n: int, *, rule: str, version: int, legal_basis: str
) -> Deadline:
    """Return the deadline `n` ≥ 1 working days after `start`, counted from the day after it."""
    if n < 1:
        raise ValueError("a deadline in working days is at least one away")
    due_on = calendar.add(start, n)
    counted = Step("counted_from", {"on": start.isoformat(), "working_days": str(n)})
    return Deadline(
        due_on, rule, version, legal_basis, (counted, *remarkable(calendar, start, due_on))
    )


def _working_day(calendar: Calendar, named: date, wording: Wording, steps: list[Step]) -> date:
    """Move forward from a day off; before a named day, move back, never onto it."""
    move = ONE_DAY if wording == "by" else -ONE_DAY
    day = named if wording == "by" else named - ONE_DAY
    while (off := calendar.why_off(day)) is not None:
        steps.append(_off_step("moved_from", off))
        day += move
    return day


def _next_day(after: date, day: int, months_later: int) -> date:
    months = after.year * 12 + after.month - 1 + months_later + (day <= after.day)
    return date(months // 12, months % 12 + 1, day)


def _off_step(code: str, off: DayOff) -> Step:
    params = {"on": off.day.isoformat(), "why": off.code, "vi": off.vi, "en": off.en}
    basis = off.legal_basis or TERM_LEGAL_BASIS
    return Step(code, {**params, "legal_basis": basis})


def remarkable(calendar: Calendar, start: date, until: date) -> Iterator[Step]:
    """Yield what is not plain in counting: holidays that don't count and days of rest that do."""
    for i in range(1, (until - start).days + 1):
        day = start + timedelta(days=i)
        off, worked = calendar.why_off(day), calendar.why_worked(day)
        if off is not None and off.code != "weekend":
            yield _off_step("not_counted", off)
        if worked is not None:
            basis = {"on": day.isoformat(), "legal_basis": worked.legal_basis}
            yield Step("counted_though_rest_day", basis)
