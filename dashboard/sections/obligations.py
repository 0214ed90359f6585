"""Reports that one school owes, by how they stand."""

from collections.abc import Sequence
from typing import Final

from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.sections.heading import nothing, section
from dashboard.shapes.reports import Obligations
from dashboard.visit import current

# What asks for work comes first. An exempt report is owed by nobody: it stands last.
GROUPS: Final[Sequence[tuple[str, tuple[str, ...]]]] = (
    ("overdue", ("overdue",)),
    ("returned", ("returned",)),
    ("due_soon", ("due_soon",)),
    ("sent", ("submitted_on_time", "submitted_late", "resubmitted")),
    ("received", ("received",)),
    ("upcoming", ("upcoming",)),
    ("exempt", ("exempt",)),
)


def report_list(school: str) -> None:
    """Draw the reports of one school, group by group."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/obligations", Obligations, school=school)["items"]
    if not found:
        nothing(t("report.none"))
    for name, states in GROUPS:
        group = [one for one in found if one["state"] in states]
        if group:
            section(t(f"report.group.{name}"), count=len(group))
            rows = [(one, period_name(visit, one["period"])) for one in group]
            show("obligations.html", rows=rows)
