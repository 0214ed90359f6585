"""A form's results over all schools: pooled, item by item, school by school, over time."""

import streamlit as st

from dashboard.markup import show
from dashboard.naming import period_key, period_name
from dashboard.sections.heading import nothing, section
from dashboard.shapes.results import League
from dashboard.visit import Visit, current

FORMS = ("tthc", "care")
# The target of the plan (R2) is one of the handling of procedures.
JUDGED = "tthc"


def league_page() -> None:
    """Draw the district's results of one form and period."""
    visit = current()
    t = visit.words
    form = st.segmented_control(
        t("league.form"),
        FORMS,
        format_func=lambda kind: t.named("form.kind", kind),
        key="league_form",
        default=JUDGED,
        required=True,
    )
    league = visit.gateway.get(
        "/results", League, form=form, period=st.session_state.get(f"league_period_{form}")
    )
    if league["period"] is None:
        nothing(t("league.none"))
        return
    _choose_period(visit, league)
    judged = league["form"] == JUDGED
    show("league_head.html", league=league, target=league["target_percent"] if judged else None)
    section(
        t("league.schools"),
        count=len(league["rows"]),
        note=t("league.schools_note", minimum=league["minimum_sample"]),
    )
    show("league.html", league=league, judged=judged)
    section(t("league.items"), note=t("league.items_note"))
    show("league_items.html", league=league)
    section(t("league.trend"))
    points = [(period_name(visit, one["period"]), one) for one in league["trend"]]
    show("league_trend.html", points=points)
    key = period_key(league["period"])
    address = f"{visit.public}/api/v1/results/file?form={league['form']}&period={key}"
    show("league_files.html", address=address)


def _choose_period(visit: Visit, league: League) -> None:
    names = {period_key(period): period_name(visit, period) for period in league["periods"]}
    st.selectbox(
        visit.words("overview.period"),
        list(names),
        format_func=lambda key: names[key],
        key=f"league_period_{league['form']}",
        width=260,
    )
