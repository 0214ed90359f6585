"""Surprise duty checks: on average one a month (plan, R4), and the months without any."""

from dashboard.markup import show
from dashboard.sections.heading import nothing, section
from dashboard.shapes.inspections import DutyRatios
from dashboard.visit import current


def duty_table(school: str | None) -> None:
    """Draw a line per school."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/duty-ratio", DutyRatios)["items"]
    lines = [one for one in found if school in (None, one["school"])]
    section(t("duty.title"), note=t("duty.note"))
    if lines:
        show("duty.html", lines=lines)
    else:
        nothing(t("overview.no_schools"))
