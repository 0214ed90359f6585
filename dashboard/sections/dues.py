"""Everything that is due, whatever it is, in one list: what, until when, how late."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.duties import may
from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.notices import calm
from dashboard.shapes.inspections import (
    Inspection,
    Inspections,
    Petitions,
    Remedies,
    Tasks,
)
from dashboard.shapes.reports import Obligation
from dashboard.visit import Visit


@dataclass(frozen=True)
class Due:
    """A matter with its deadline. `days` are the working days left, negative when it is late.

    `days` is None for an inspection: its clock is told by the day alone. `waits` says in words what
    a matter waits for, whatever its deadline.
    """

    sort: str
    what: str
    school: str
    due_on: str
    days: int | None
    page: str
    query: Mapping[str, str]
    waits: str = ""


Source = Callable[[Visit, str | None, str | None], list[Due]]


def gather(
    visit: Visit, sources: Sequence[Source], school: str | None, state: str | None
) -> list[Due]:
    """Ask every source; one that the role may not ask is left out, one that is away says so."""
    found: list[Due] = []
    for source in sources:
        with calm():
            found += source(visit, school, state)
    return sorted(found, key=lambda due: (due.due_on, due.school))


def draw(dues: Sequence[Due], *, urgent: bool, with_school: bool) -> None:
    """Draw a list of dues; an urgent one carries the mark of what is late."""
    show("dues.html", dues=dues, urgent=urgent, with_school=with_school)


def report_due(visit: Visit, one: Obligation) -> Due:
    """A report as a due."""
    return Due(
        visit.words("due.sort.report"),
        f"{visit.said(one['kind_words'])}, {period_name(visit, one['period'])}",
        one["school_title"],
        one["due_on"],
        one["working_days_left"],
        "reports",
        {"obligation": one["obligation_id"]},
        _waits(visit, one),
    )


def _waits(visit: Visit, one: Obligation) -> str:
    """What a report waits for: to be sent again, or for the head's approval."""
    t = visit.words
    if one["state"] == "returned":
        return t("report.withdrawn") if one["withdrawn"] else t("due.send_again")
    return t("prepare.stage.awaiting_approval") if one["stage"] == "awaiting_approval" else ""


def inspection_due(visit: Visit, one: Inspection) -> Due:
    """An inspection that waits for its order, as a due."""
    return Due(
        visit.words("due.sort.inspection"),
        f"{visit.words.named('inspection.kind', one['kind'])}: {visit.words('due.decide')}",
        one["school_title"],
        one["order_due_on"],
        None,
        "inspections",
        {"inspection": one["inspection_id"]},
    )


def inspections(visit: Visit, school: str | None, state: str | None) -> list[Due]:
    """Inspections that wait for a decision: overdue are those that escalated."""
    asked = {"overdue": "escalated", "open": "proposed"}.get(state or "")
    found = visit.gateway.get_if_allowed("/inspections", Inspections, school=school, state=asked)
    return [inspection_due(visit, one) for one in (found["items"] if found else ())]


def remedies(visit: Visit, school: str | None, state: str | None) -> list[Due]:
    """Remedies that are open or overdue."""
    readable = may(visit.role, "inspection.read")
    found = visit.gateway.get_if_allowed("/remedies", Remedies, school=school, state=state)
    return [
        Due(
            visit.words("due.sort.remedy"),
            f"{visit.words.named('remedy.kind', one['kind'])} ({one['item']})",
            one["school_title"],
            one["due_on"],
            one["working_days_left"],
            "inspections",
            {"inspection": one["inspection_id"]} if readable else {"part": "remedies"},
        )
        for one in (found["items"] if found else ())
    ]


def tasks(visit: Visit, school: str | None, state: str | None) -> list[Due]:
    """Improvement tasks that are open or overdue."""
    found = visit.gateway.get_if_allowed("/improvement-tasks", Tasks, school=school, state=state)
    return [
        Due(
            visit.words("due.sort.task"),
            visit.words("task.what"),
            one["school_title"],
            one["due_on"],
            one["working_days_left"],
            "inspections",
            {"part": "tasks"},
        )
        for one in (found["items"] if found else ())
    ]


def petitions(visit: Visit, school: str | None, state: str | None) -> list[Due]:
    """Petitions that are open or overdue."""
    found = visit.gateway.get_if_allowed("/petitions", Petitions, school=school, state=state)
    return [
        Due(
            visit.words("due.sort.petition"),
            f"{visit.words.named('petition.kind', one['kind'])} {one['receipt']}",
            one["school_title"],
            one["due_on"],
            one["working_days_left"],
            "inspections",
            {"part": "petitions"},
        )
        for one in (found["items"] if found else ())
    ]


MATTERS: Sequence[Source] = (inspections, remedies, tasks, petitions)
