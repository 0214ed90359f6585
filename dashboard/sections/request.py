"""One request: until when and why, who has answered, what can be done now."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import page_head, section
from dashboard.shapes.requests import Addressee, FigureRequestDetail, Reminder, RequestField
from dashboard.visit import current


def request_page(request_id: str, *, inside: bool) -> None:
    """Draw the page of one request, or of one collection inside a school."""
    visit = current()
    t = visit.words
    path = f"/{'collections' if inside else 'requests'}/{segment(request_id)}"
    one = visit.gateway.get(path, FigureRequestDetail)
    page_head(one["title"], kicker=t("request.made_by", name=one["made_by"]))
    show("request_head.html", one=one)
    section(t("report.deadline"))
    show("deadline.html", one=one)
    if one["closed_on"] is None:
        _answer(path, one, inside=inside)
    section(t("request.answers"), count=one["answered"])
    show("request_answers.html", one=one, inside=inside)
    show("request_files.html", base=f"{visit.public}/api/v1{path}")
    if one["closed_on"] is None:
        _remind(path, inside=inside)
        if may(visit.role, "collection.make" if inside else "request.close"):
            _close(path)


def _answer(path: str, one: FigureRequestDetail, *, inside: bool) -> None:
    visit = current()
    t = visit.words
    if not may(visit.role, "collection.answer" if inside else "request.answer"):
        return
    section(t("request.answer"), note=t("request.answer_note"))
    names = {n: who["team"] or who["school_title"] for n, who in enumerate(one["addressees"])}
    chosen = st.selectbox(
        t("request.who"), list(names), format_func=lambda n: names[n], key="answer_of", width=440
    )
    who = one["addressees"][chosen]
    with st.form(f"answer-{chosen}", border=False):
        values = {field["code"]: _asked(who, field) for field in one["fields"]}
        if not st.form_submit_button(t("request.send"), type="primary"):
            return
        said = {code: value for code, value in values.items() if value not in (None, "")}
        of = {"school": who["school"], "values": said} | ({"team": who["team"]} if inside else {})
        with calm():
            visit.gateway.post(f"{path}/answer", of)
            done("request.sent")


def _asked(who: Addressee, field: RequestField) -> int | float | str | None:
    """Ask for one value, filled in with what was answered before."""
    known = who["answer"]["values"].get(field["code"]) if who["answer"] else None
    label = field["label"] + (" *" if field["required"] else "")
    key = f"{who['school']}-{who['team']}-{field['code']}"
    if field["kind"] == "text":
        return st.text_area(label, str(known or ""), max_chars=2000, height=84, key=key)
    start = None if isinstance(known, str) or known is None else float(known)
    given = st.number_input(label, value=start, step=1.0, format="%g", key=key)
    if given is None:
        return None
    return int(given) if float(given).is_integer() else float(given)


def _remind(path: str, *, inside: bool) -> None:
    visit = current()
    t = visit.words
    if not may(visit.role, "collection.make" if inside else "request.remind"):
        return
    told = visit.gateway.get(f"{path}/reminder", Reminder)
    if not told["reminded"]:
        return
    section(t("request.reminder"), count=told["reminded"], note=t("request.reminder_note"))
    st.code(told["words"], language=None, wrap_lines=True)


def _close(path: str) -> None:
    visit = current()
    t = visit.words
    with st.expander(t("request.close")), st.form("close", border=False):
        reason = st.text_area(t("request.close_reason"), max_chars=500, height=84)
        if not st.form_submit_button(t("request.close_now")):
            return
        if not reason.strip():
            st.warning(t("say.reason"))
            return
        with calm():
            visit.gateway.post(f"{path}/close", {"reason": reason})
            done("request.close_done")
