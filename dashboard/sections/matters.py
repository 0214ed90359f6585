"""Where to begin when no matter was chosen: the inspections, each the head of a chain."""

from dashboard.markup import show
from dashboard.sections.heading import nothing, section
from dashboard.sections.schools import choose_school
from dashboard.shapes.inspections import Inspections
from dashboard.visit import current


def matters_section() -> None:
    """Draw the matters whose history can be read, newest first."""
    visit = current()
    t = visit.words
    school = choose_school()
    found = visit.gateway.get("/inspections", Inspections, school=school)["items"]
    section(t("history.matters"), count=len(found), note=t("history.matters_note"))
    if found:
        show("matters.html", matters=found, with_school=school is None)
    else:
        nothing(t("history.none"))
