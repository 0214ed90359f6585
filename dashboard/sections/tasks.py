"""Improvement tasks: a campaign closed below its target, the school shows what it did."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import nothing, section
from dashboard.shapes.inspections import Task, Tasks
from dashboard.visit import current


def task_list(school: str | None) -> None:
    """Draw the tasks, those due first at the top."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/improvement-tasks", Tasks, school=school)["items"]
    section(t("task.title"), count=len(found), note=t("task.note"))
    if not found:
        nothing(t("task.none"))
    for task in found:
        with st.container(border=True):
            show("task.html", task=task, traced=may(visit.role, "matter.trace"))
            if task["state"] != "closed" and may(visit.role, "task.close"):
                _close(task)


def _close(task: Task) -> None:
    visit = current()
    t = visit.words
    with st.form(f"task-{task['task_id']}", border=False):
        evidence = st.text_area(t("task.evidence_ask"), max_chars=2000, height=84)
        if not st.form_submit_button(t("task.close"), type="primary"):
            return
        if not evidence.strip():
            st.warning(t("say.evidence"))
            return
        with calm():
            path = f"/improvement-tasks/{segment(task['task_id'])}/close"
            visit.gateway.post(path, {"evidence": evidence})
            done("task.close_done")
