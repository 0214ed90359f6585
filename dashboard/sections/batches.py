"""The batches of answers from paper, and the way to undo one."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.heading import section
from dashboard.shapes.surveys import Batch, Batches, CampaignDetail
from dashboard.visit import current


def batch_list(campaign: CampaignDetail, *, open_: bool) -> None:
    """List the batches; while the campaign takes answers, each can be undone."""
    visit = current()
    path = f"/campaigns/{segment(campaign['campaign_id'])}/batches"
    with calm():
        batches = visit.gateway.get(path, Batches)["items"]
        if batches and not open_:
            section(visit.words("paper.title"))
        if batches:
            show("batches.html", batches=batches)
        kept = [batch for batch in batches if batch["state"] == "stored"]
        if kept and open_ and may(visit.role, "paper.enter"):
            _undo(kept)


def _undo(batches: list[Batch]) -> None:
    visit = current()
    t = visit.words
    with st.expander(t("batch.undo")), st.form("undo_batch", border=False, width=640):
        names = {batch["batch_id"]: _name(batch) for batch in batches}
        batch_id = st.selectbox(t("batch.which"), list(names), format_func=names.__getitem__)
        sure = st.checkbox(t("batch.sure"))
        if not st.form_submit_button(t("batch.undo_now")) or not sure:
            return
        with calm():
            visit.gateway.post(f"/batches/{segment(batch_id)}/undo")
            done("batch.undone")


def _name(batch: Batch) -> str:
    visit = current()
    return visit.words(
        "batch.name",
        title=batch["title"] or visit.words.named("batch.kind", batch["kind"]),
        day=visit.formats.day(batch["entered_on"]),
        count=batch["answers"],
    )
