"""One campaign: how it goes while it is open, what came out when it is closed."""

import streamlit as st

from dashboard.client import segment
from dashboard.duties import may
from dashboard.gauge import gauge
from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.notices import calm, done
from dashboard.sections.batches import batch_list
from dashboard.sections.campaign_access import change_access
from dashboard.sections.campaign_days import set_days
from dashboard.sections.codes import codes_section
from dashboard.sections.comments import comments_section
from dashboard.sections.form_link import form_link
from dashboard.sections.heading import nothing, page_head, section
from dashboard.sections.paper import paper_section
from dashboard.sections.results import results_in_depth
from dashboard.shapes.surveys import CampaignAccess, CampaignDetail, ItemResult, Results
from dashboard.visit import current


def campaign_page(campaign_id: str) -> None:
    """Draw the page of one campaign."""
    visit = current()
    t = visit.words
    campaign = visit.gateway.get(f"/campaigns/{segment(campaign_id)}", CampaignDetail)
    page_head(
        f"{visit.said(campaign['form_words'])}, {period_name(visit, campaign['period'])}",
        kicker=campaign["school_title"],
        lead=t("campaign.basis", basis=campaign["legal_basis"]),
    )
    show("campaign_dates.html", campaign=campaign)
    if campaign["state"] == "closed":
        _closed(campaign)
        if may(current().role, "batch.list"):
            batch_list(campaign, open_=False)
    else:
        _open(campaign)


def _open(campaign: CampaignDetail) -> None:
    t = current().words
    show("campaign_open.html", campaign=campaign)
    access = _access(campaign)
    section(t("form.title"))
    if access["access"] == "codes":
        codes_section(campaign, access)
    else:
        form_link(campaign, access["classes"])
    if may(current().role, "access.change"):
        change_access(campaign, access)
    if campaign["state"] == "open" and may(current().role, "batch.list"):
        paper_section(campaign, access["classes"])
    if may(current().role, "campaign.hand_out"):
        _hand_out(campaign)
    if campaign["state"] == "planned" and may(current().role, "campaign.days"):
        set_days(campaign)
    if campaign["state"] == "open" and may(current().role, "campaign.close"):
        _close_early(campaign)


def _access(campaign: CampaignDetail) -> CampaignAccess:
    path = f"/campaigns/{segment(campaign['campaign_id'])}/access"
    return current().gateway.get(path, CampaignAccess)


def _hand_out(campaign: CampaignDetail) -> None:
    visit = current()
    t = visit.words
    with st.form("hand_out", border=False, width=440):
        count = st.number_input(
            t("campaign.hand_out"),
            min_value=1,
            value=campaign["handed_out"],
            step=1,
            help=t("campaign.hand_out_note"),
        )
        if not st.form_submit_button(t("campaign.hand_out_save")):
            return
        with calm():
            path = f"/campaigns/{segment(campaign['campaign_id'])}/handed-out"
            visit.gateway.post(path, {"handed_out": count})
            done("campaign.hand_out_done")


def _close_early(campaign: CampaignDetail) -> None:
    visit = current()
    t = visit.words
    with st.expander(t("campaign.close")), st.form("close_campaign", border=False):
        reason = st.text_area(t("campaign.close_reason"), max_chars=500)
        if not st.form_submit_button(t("campaign.close_now")):
            return
        if not reason.strip():
            st.warning(t("say.reason"))
            return
        with calm():
            visit.gateway.post(f"/campaigns/{campaign['campaign_id']}/close", {"reason": reason})
            done("campaign.close_done")


def _closed(campaign: CampaignDetail) -> None:
    t = current().words
    results, standing = campaign["results"], campaign["standing"]
    if results is None or standing is None:
        nothing(t("result.no_figures"))
        return
    rate = standing["rate"]
    show(
        "campaign_result.html",
        standing=standing,
        results=results,
        target=campaign["target_percent"],
        gauge=gauge(rate, campaign["target_percent"]) if rate else None,
        responses=campaign["responses"],
        handed_out=campaign["handed_out"],
        lowest=_lowest(results),
    )
    section(t("result.by_item"), note=t("result.by_item_note"))
    by_group = [
        (group, [item for item in results["items"] if item["group"] == group["group"]])
        for group in results["groups"]
    ]
    show("campaign_items.html", groups=by_group, lowest=results["lowest_item"])
    with calm():
        results_in_depth(campaign, results)
    with calm():
        comments_section(campaign["campaign_id"])


def _lowest(results: Results) -> ItemResult | None:
    code = results["lowest_item"]
    return next((item for item in results["items"] if item["item"] == code), None)
