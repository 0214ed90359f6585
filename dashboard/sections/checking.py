"""Carrying an inspection out: the checklist, item by item; what is not met becomes a finding."""

from typing import Final

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing
from dashboard.shapes.inspections import Checklist, ChecklistItem, InspectionDetail
from dashboard.visit import current

MET: Final = "met"
UNMET: Final = "unmet"

Result = dict[str, object]


def carry_out(inspection: InspectionDetail) -> None:
    """Ask for every item of the checklist; send when each has been judged."""
    visit = current()
    t = visit.words
    if not may(visit.role, "inspection.carry_out"):
        nothing(t("inspection.others_carry_out"))
        return
    checklist = visit.gateway.get("/checklist", Checklist)
    results = [_judge(item, checklist) for item in checklist["items"]]
    judged = [result for result in results if result is not None]
    show("checked.html", judged=len(judged), all=len(results))
    if not st.button(t("inspection.complete"), type="primary", disabled=len(judged) < len(results)):
        return
    with calm():
        path = f"/inspections/{segment(inspection['inspection_id'])}/complete"
        visit.gateway.post(path, {"results": judged})
        done("inspection.complete_done")


def _judge(item: ChecklistItem, checklist: Checklist) -> Result | None:
    visit = current()
    t = visit.words
    code = item["code"]
    with st.container(key=f"item-{code}", gap="xsmall"):
        words, choice = st.columns([5, 2], vertical_alignment="center")
        with words:
            show("checklist_item.html", item=item)
        with choice:
            judged = st.segmented_control(
                visit.said(item["words"]),
                (MET, UNMET),
                key=f"judged-{code}",
                format_func=lambda value: t(f"checklist.{value}"),
                label_visibility="collapsed",
            )
        if judged == UNMET:
            return _unmet(item, checklist)
    return {"item": code, "met": True} if judged == MET else None


def _unmet(item: ChecklistItem, checklist: Checklist) -> Result:
    visit = current()
    t = visit.words
    terms = {one["severity"]: one for one in checklist["severities"]}
    allowed = [severity for severity in terms if severity >= item["severity"]]
    note = st.text_area(t("checklist.note"), key=f"note-{item['code']}", max_chars=2000, height=84)
    severity = st.selectbox(
        t("checklist.severity"),
        allowed,
        key=f"severity-{item['code']}",
        format_func=lambda level: t(
            "checklist.term",
            words=visit.said(terms[level]["words"]),
            count=terms[level]["working_days"],
        ),
    )
    arbitrary = st.checkbox(t("checklist.arbitrary"), key=f"arbitrary-{item['code']}")
    result: Result = {"item": item["code"], "met": False, "note": note, "severity": severity}
    return result | {"arbitrary_demand": True} if arbitrary else result
