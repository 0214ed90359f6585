"""Reports that are owed: of one school by how they stand, of all schools as a matrix."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from dashboard.markup import show
from dashboard.naming import period_key, period_name
from dashboard.sections.heading import nothing, section
from dashboard.sections.schools import schools_in_scope
from dashboard.shapes.reports import Obligation, Obligations
from dashboard.visit import Visit, current

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


def report_matrix() -> None:
    """Draw schools × kinds of one period, each cell in words."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/obligations", Obligations)["items"]
    if not found:
        nothing(t("report.none"))
        return
    period = _choose_period(visit, found)
    cells = {(o["school"], o["kind"]): o for o in found if period_key(o["period"]) == period}
    kinds = {one["kind"]: one["kind_words"] for one in cells.values()}
    schools = [s for s in schools_in_scope(visit) if any(s["code"] == c[0] for c in cells)]
    section(t("report.matrix"), count=len(schools), note=t("report.matrix_note"))
    show("matrix.html", schools=schools, kinds=kinds, cells=cells)


def _choose_period(visit: Visit, found: Sequence[Obligation]) -> str:
    names: Mapping[str, str] = {
        period_key(one["period"]): period_name(visit, one["period"])
        for one in sorted(found, key=lambda one: one["period"]["ends_on"], reverse=True)
    }
    open_now = [period_key(o["period"]) for o in found if o["state"] in {"overdue", "due_soon"}]
    start = next((key for key in names if key in open_now), next(iter(names)))
    keys = list(names)
    chosen = st.selectbox(
        visit.words("overview.period"),
        keys,
        index=keys.index(start),
        format_func=lambda key: names[key],
        width=280,
    )
    return str(chosen)
