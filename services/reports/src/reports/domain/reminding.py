"""Reminders: of what, when, and in what words; time and words come in as arguments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from contracts.forms import Words
from contracts.rpc.reminders import ReminderStep, Subject
from reports.domain.documents.phrases import period_words
from reports.domain.turns import NOTICES, OVERDUE, VIETNAM, Turn, come, day_of
from workdays import Calendar, Period

# What is due within so many working days is reminded of.
AHEAD: Final = max(NOTICES)
# From the first reminder to the last; a later one replaces those before.
STEPS: Final[tuple[ReminderStep, ...]] = ("7", "3", "1", "0", "overdue")
Group = Literal["overdue", "today", "this_week", "again", "ahead"]
GROUPS: Final[tuple[Group, ...]] = ("overdue", "today", "this_week", "again", "ahead")


@dataclass(frozen=True)
class Outstanding:
    """Something that a school owes by a day and has not sent; `period` is of a report.

    `again`: it was sent and came back, so that no clock says whether it is late.
    """

    subject: Subject
    subject_id: UUID
    school: str
    title: Words
    period: Period | None
    due_on: date
    again: bool = False


@dataclass(frozen=True)
class Reminder:
    """A step of a deadline that came on a day, kept at a moment."""

    subject: Subject
    subject_id: UUID
    school: str
    due_on: date
    step: ReminderStep
    came_on: date
    made_at: datetime


@dataclass(frozen=True)
class Moved:
    """A deadline of something still owed that was another day before: `was`."""

    what: Outstanding
    was: date
    moved_at: datetime


@dataclass(frozen=True)
class Summary:
    """A school's mail of one day; `weekly`: the first of its week, with all of the week."""

    school: str
    day: date
    weekly: bool


def step_of(turn: Turn) -> ReminderStep:
    """Return the step of a turn: so many working days left, or overdue."""
    return STEPS[-1] if turn == OVERDUE else STEPS[NOTICES.index(int(turn))]


def last_step(calendar: Calendar, due_on: date, today: date) -> tuple[ReminderStep, date] | None:
    """Return the newest step that has come by `today`, and its day; None before the first one."""
    turns = come(calendar, due_on, None, today)
    return (step_of(turns[-1]), day_of(turns[-1], calendar, due_on)) if turns else None


def days_left(calendar: Calendar, due_on: date, today: date) -> int:
    """Return the working days to a deadline, negative when it has passed."""
    return -calendar.late(due_on, today) or calendar.count(today, due_on)


def sunday(day: date) -> date:
    """Return the last day of a day's week."""
    return day + timedelta(days=6 - day.weekday())


def monday(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


def may_leave(calendar: Calendar, now: datetime, hour: int) -> bool:
    """Whether summaries are made at this moment: from an hour on, when offices work."""
    local = now.astimezone(VIETNAM)
    return local.hour >= hour and calendar.is_working(local.date())


def grouped(
    owed: Iterable[Outstanding], today: date, *, weekly: bool
) -> dict[Group, list[Outstanding]]:
    """Return what is owed in the groups of a summary, earliest deadline first; none is empty."""
    found: dict[Group, list[Outstanding]] = {}
    for one in sorted(owed, key=lambda one: (one.due_on, one.title.vi, str(one.subject_id))):
        group = "again" if one.again else _group(one.due_on, today, weekly=weekly)
        found.setdefault(group, []).append(one)
    return {group: found[group] for group in GROUPS if group in found}


def _group(due_on: date, today: date, *, weekly: bool) -> Group:
    if due_on < today:
        return "overdue"
    if due_on == today:
        return "today"
    return "this_week" if weekly and due_on <= sunday(today) else "ahead"


def subject(
    phrases: Mapping[str, Any],
    groups: Mapping[Group, Sequence[Outstanding]],
    summary: Summary,
    *,
    moved: Sequence[Moved] = (),
) -> str:
    """Return the subject line of a summary that is sent on `summary.day`."""
    counts = [phrases["counts"][group].format(n=len(found)) for group, found in groups.items()]
    if moved:
        counts.append(phrases["moved"]["count"].format(n=len(moved)))
    line: str = phrases["subject"]["weekly" if summary.weekly else "daily"]
    return line.format(
        today=_day(summary.day), sunday=_day(sunday(summary.day)), counts=", ".join(counts)
    )


def text(
    phrases: Mapping[str, Any],
    groups: Mapping[Group, Sequence[Outstanding]],
    school_title: str,
    calendar: Calendar,
    today: date,
    *,
    moved: Sequence[Moved] = (),
) -> str:
    """Return the text of a summary: plain lines, ready to be pasted anywhere."""
    parts = [phrases["greeting"].format(school=school_title)]
    for group, found in groups.items():
        lines = (_line(phrases, one, calendar, today) for one in found)
        parts.append("\n".join((phrases["headings"][group], *lines)))
    if moved:
        lines = (_moved_line(phrases, one) for one in moved)
        parts.append("\n".join((phrases["moved"]["heading"], *lines)))
    return "\n\n".join((*parts, phrases["closing"])) + "\n"


def _line(phrases: Mapping[str, Any], one: Outstanding, calendar: Calendar, today: date) -> str:
    left = days_left(calendar, one.due_on, today)
    key = "today" if one.due_on == today else "overdue" if one.due_on < today else "ahead"
    if one.again:
        key = "again"
    line: str = phrases["line"][key]
    return line.format(what=_what(phrases, one), due_on=_day(one.due_on), days=abs(left))


def _moved_line(phrases: Mapping[str, Any], one: Moved) -> str:
    line: str = phrases["moved"]["line"]
    what = _what(phrases, one.what)
    return line.format(what=what, due_on=_day(one.what.due_on), was=_day(one.was))


def _what(phrases: Mapping[str, Any], one: Outstanding) -> str:
    if one.period is None:
        return str(phrases["request"].format(title=_one_line(one.title.vi)))
    return str(phrases["report"].format(title=one.title.vi, period=period_words(one.period)))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def horizon(calendar: Calendar, today: date) -> date:
    """Return the last deadline that is reminded of on a day."""
    return calendar.add(today, AHEAD)


def receivers(
    owed: Iterable[Outstanding], fresh: Iterable[tuple[UUID, str]], today: date, *, weekly: bool
) -> Iterator[str]:
    """Yield the schools that get a summary: something new, or something of this week.

    `fresh` names what new reminders are of, as (subject, school); may yield a school again.
    """
    new = set(fresh)
    for one in owed:
        of_this_week = one.again or one.due_on <= sunday(today)
        if (one.subject_id, one.school) in new or (weekly and of_this_week):
            yield one.school
