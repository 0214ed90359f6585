"""The parts of the district's page, all from one question to the gateway."""

import streamlit as st

from dashboard.markup import show
from dashboard.naming import period_key, period_name
from dashboard.sections.heading import nothing, section
from dashboard.shapes.reports import KindTimeliness, Overview
from dashboard.visit import Visit, current


def ask_overview(visit: Visit) -> Overview:
    """The overview of the period that is chosen below, by default the last with results."""
    return visit.gateway.get("/overview", Overview, period=st.session_state.get("period"))


def headline(overview: Overview, late: int) -> None:
    """The four figures of the day."""
    rows = overview["schools"]
    judged = [row["tthc"] for row in rows if row["tthc"] and row["tthc"]["verdict"]]
    show(
        "headline.html",
        late=late,
        totals=totals(overview),
        below=sum(one["verdict"] == "not_met" for one in judged),
        judged=len(judged),
        schools=len(rows),
    )


def totals(overview: Overview) -> dict[str, object]:
    """Counts over all schools; the share on time is of the pooled counts, never a mean."""
    rows = overview["schools"]
    on_time = sum(row["timeliness"]["on_time"] for row in rows)
    overdue = sum(row["timeliness"]["overdue"] for row in rows)
    done = on_time + overdue + sum(row["timeliness"]["late"] for row in rows)
    late_remedies = sum(row["remedies"]["overdue"] for row in rows)
    escalated = sum(row["inspections"]["escalated"] for row in rows)
    return {
        "waiting": escalated + sum(row["inspections"]["proposed"] for row in rows),
        "escalated": escalated,
        "remedies": late_remedies + sum(row["remedies"]["open"] for row in rows),
        "late_remedies": late_remedies,
        "timeliness": {
            "on_time_percent": 100 * on_time / done if done else None,
            "overdue": overdue,
        },
    }


def on_time_by_kind(overview: Overview) -> None:
    """The share on time of each kind of report, as bars."""
    t = current().words
    year = period_name(current(), overview["year"])
    section(t("overview.kinds"), note=t("overview.kinds_note", year=year))
    kinds = [kind for kind in overview["kinds"] if _owed(kind)]
    if kinds:
        show("kinds.html", kinds=kinds)
    else:
        nothing(t("overview.no_kinds"))


def _owed(kind: KindTimeliness) -> bool:
    return bool(kind["on_time"] or kind["late"] or kind["overdue"] or kind["open"])


def school_table(overview: Overview) -> None:
    """A row per school, in the order in which the gateway lists them, and the pooled answers."""
    visit = current()
    t = visit.words
    section(
        t("overview.schools"),
        count=len(overview["schools"]),
        note=t("overview.schools_note", minimum=overview["minimum_sample"]),
    )
    _choose_period(visit, overview)
    if overview["schools"]:
        show("schools.html", overview=overview, totals=totals(overview))
    else:
        nothing(t("overview.no_schools"))


def _choose_period(visit: Visit, overview: Overview) -> None:
    names = {period_key(period): period_name(visit, period) for period in overview["periods"]}
    if len(names) <= 1 or overview["period"] is None:
        return
    st.session_state.setdefault("period", period_key(overview["period"]))
    st.selectbox(
        visit.words("overview.period"),
        list(names),
        format_func=lambda key: names[key],
        key="period",
        width=260,
    )
