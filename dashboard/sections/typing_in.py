"""Paper slips typed in: a line a slip, Enter, and the next one; the hands stay on the keys."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import cast
from uuid import uuid4

import streamlit as st

from dashboard.client import GatewayProblem, segment
from dashboard.markup import show
from dashboard.notices import calm
from dashboard.shapes.surveys import CampaignDetail, PublicCampaign, PublicForm
from dashboard.slip_line import TypedSlip, WrongLineError, keyed_items, read_line, text_items
from dashboard.visit import current

SHOWN = 5


@dataclass(frozen=True)
class Desk:
    """Where slips are typed in: into which batch, under which title, for which class."""

    campaign: CampaignDetail
    form: PublicForm
    batch: MutableMapping[str, object]
    title: str
    class_code: str | None


def type_in(campaign: CampaignDetail, classes: list[str]) -> None:
    """Take slips line by line into one batch; each is stored with its Enter."""
    visit = current()
    t = visit.words
    form = visit.gateway.get(f"/public/campaigns/{segment(campaign['slug'])}", PublicCampaign)
    questions = form["form"]
    show("slip_keys.html", items=keyed_items(questions), texts=text_items(questions))
    title = st.text_input(
        t("typing.batch"), max_chars=200, help=t("typing.batch_note"), width=440
    ).strip()
    batch = _batch(campaign, title)
    class_code = None
    if classes:
        class_code = st.selectbox(
            t("form.class"),
            [None, *classes],
            format_func=lambda one: one or t("typing.no_class"),
            key="slip-class",
            width=320,
        )
    with st.form("type_slip", clear_on_submit=True, border=False):
        line = st.text_input(t("typing.line"), key="slip-line", help=t("typing.line_note"))
        entered = st.form_submit_button(t("typing.enter"))
    if entered and line.strip():
        with calm():
            _enter(Desk(campaign, questions, batch, title, class_code), line)
    show("slips_typed.html", batch=batch)


def _batch(campaign: CampaignDetail, title: str) -> MutableMapping[str, object]:
    """What this session types into under a title: the batch's id, and the slips so far."""
    key = f"slip-batch-{campaign['campaign_id']}-{title}"
    fresh = {"id": str(uuid4()), "next": str(uuid4()), "count": 0, "last": [], "wrong": None}
    kept: MutableMapping[str, object] = st.session_state.setdefault(key, fresh)
    kept["wrong"] = None
    return kept


def _enter(desk: Desk, line: str) -> None:
    """Store one slip; what is wrong with its line is said beside the line itself."""
    batch = desk.batch
    try:
        slip = read_line(desk.form, line)
    except WrongLineError as wrong:
        batch["wrong"] = {"line": line, "reasons": [(wrong.item, f"typing.wrong.{wrong.reason}")]}
        return
    try:
        _send(desk, slip)
    except GatewayProblem as problem:
        errors = cast("list[dict[str, str]]", problem.params.get("errors") or [])
        if not errors:
            raise
        reasons = [(error["column"], f"row.{error['code']}") for error in errors]
        batch["wrong"] = {"line": line, "reasons": reasons}
        return
    batch["count"] = cast("int", batch["count"]) + 1
    batch["last"] = [line, *cast("list[str]", batch["last"])][:SHOWN]


def _send(desk: Desk, slip: TypedSlip) -> None:
    """Send one slip under the id that waits for it: a second Enter means the same slip."""
    sent = {
        "submission_id": desk.batch["next"],
        "answers": slip.answers,
        "demand": slip.demand,
        "class_code": desk.class_code,
    }
    body = {"batch_id": desk.batch["id"], "title": desk.title, "slips": [sent]}
    path = f"/campaigns/{segment(desk.campaign['campaign_id'])}/slips"
    current().gateway.post(path, body)
    desk.batch["next"] = str(uuid4())
