"""A filled-in template goes to the gateway; a bar tells how far its storing is."""

import time
from base64 import b64encode
from functools import partial
from typing import cast

import streamlit as st

from dashboard.client import GatewayProblem, segment
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.shapes.surveys import Batch, CampaignDetail
from dashboard.visit import current

ROWS_INVALID = "surveys.rows_invalid"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
LARGEST_MB = 3
LONGEST_NAME = 150
CHECKING_SECONDS = 60.0
LOOK_SECONDS = 0.3
LOOKS = 400


def import_file(campaign: CampaignDetail) -> None:
    """Offer the template, take the file, and store it."""
    visit = current()
    t = visit.words
    path = f"/campaigns/{segment(campaign['campaign_id'])}"
    for kind, media_type in TYPES.items():
        st.download_button(
            t(f"import.template_{kind}"),
            partial(visit.gateway.file, f"{path}/template", format=kind),
            f"phieu-{campaign['form']}.{kind}",
            media_type,
            on_click="ignore",
            key=f"template-{kind}",
        )
    with st.form("import_sheet", border=False, clear_on_submit=True):
        file = st.file_uploader(t("import.file"), type=list(TYPES), max_upload_size=LARGEST_MB)
        again = st.checkbox(t("import.again"))
        if not st.form_submit_button(t("import.now")) or file is None:
            return
    with calm():
        try:
            with st.spinner(t("import.checking")):
                content = b64encode(file.getvalue()).decode()
                name = file.name[:LONGEST_NAME]
                body = {"file_name": name, "content": content, "again": again}
                taken = visit.gateway.post(f"{path}/imports", body, seconds=CHECKING_SECONDS)
        except GatewayProblem as problem:
            if problem.code == ROWS_INVALID:
                show("row_errors.html", problem=problem, errors=problem.params.get("errors", []))
                return
            raise
        if taken:
            _watch(cast("Batch", taken))


def _watch(batch: Batch) -> None:
    """Show how far the storing is until it ends, or until it takes too long to wait for."""
    visit = current()
    t = visit.words
    bar = st.progress(0.0)
    for _ in range(LOOKS):
        if batch["state"] != "storing":
            break
        share = batch["answers"] / batch["total"]
        bar.progress(share, t("import.progress", done=batch["answers"], total=batch["total"]))
        time.sleep(LOOK_SECONDS)
        batch = visit.gateway.get(f"/batches/{segment(batch['batch_id'])}", Batch)
    bar.empty()
    if batch["state"] == "stored":
        done("import.done", count=batch["total"])
    show("note.html", words=t(f"import.{batch['state']}"))
