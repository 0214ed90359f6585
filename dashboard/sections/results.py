"""A closed campaign in depth: beside the period before, part by part, worth a look, as files."""

from collections.abc import Mapping

import streamlit as st

from dashboard.client import segment
from dashboard.duties import Action, may
from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.sections.heading import nothing, section
from dashboard.shapes.results import Breakdown, CampaignResults, Part, Signals
from dashboard.shapes.surveys import CampaignDetail, Results
from dashboard.visit import Visit, current

WHOLE = ""
# The files of a campaign, and what who may have them may do; results are everybody's.
FILES: Mapping[str, Action | None] = {
    "results": None,
    "rows": "rows.read",
    "comments": "comments.read",
}


def results_in_depth(campaign: CampaignDetail, results: Results) -> None:
    """Draw what lies behind the figures of the whole campaign."""
    visit = current()
    path = f"/campaigns/{segment(campaign['campaign_id'])}"
    told = visit.gateway.get(f"{path}/results", CampaignResults)
    _comparison(visit, told)
    section(visit.words("parts.title"), note=visit.words("parts.note"))
    group = _choose_group(visit, results)
    for breakdown in told["breakdowns"]:
        _breakdown(visit, breakdown, results, group)
    if may(visit.role, "signals.read"):
        _signals(visit, path)
    section(visit.words("files.title"), note=visit.words("files.note"))
    files = [name for name, action in FILES.items() if action is None or may(visit.role, action)]
    show("files.html", base=f"{visit.public}/api/v1{path}", files=files)


def _comparison(visit: Visit, told: CampaignResults) -> None:
    compared = told["comparison"]
    if compared is None and told["expectation"] is None:
        return
    show(
        "comparison.html",
        expectation=told["expectation"],
        compared=compared,
        period=period_name(visit, compared["period"]) if compared else "",
    )


def _choose_group(visit: Visit, results: Results) -> str:
    """Return the code of the group whose items are shown, "" for all groups."""
    words = {WHOLE: visit.words("parts.all_groups")}
    words |= {group["group"]: visit.said(group["words"]) for group in results["groups"]}
    chosen = st.selectbox(
        visit.words("parts.group"),
        list(words),
        format_func=lambda code: words[code],
        key="results_group",
        width=440,
    )
    return chosen or WHOLE


def _breakdown(visit: Visit, breakdown: Breakdown, results: Results, group: str) -> None:
    title = visit.words.named("parts.by", breakdown["by"])
    if not breakdown["parts"]:
        nothing(f"{title}: {visit.words('parts.hidden', fewest=breakdown['fewest'])}")
        return
    if group == WHOLE:
        lines = [(one["group"], one["words"]) for one in results["groups"]]
    else:
        lines = [(i["item"], i["words"]) for i in results["items"] if i["group"] == group]
    show(
        "breakdown.html",
        title=title,
        parts=[(part_name(visit, breakdown, part), part) for part in breakdown["parts"]],
        lines=[
            (words, [_found(part, code, group) for part in breakdown["parts"]])
            for code, words in lines
        ],
    )


def _found(part: Part, code: str, group: str) -> object:
    figures = part["groups"] if group == WHOLE else part["items"]
    return next((one for one in figures if one["code"] == code), None)


def part_name(visit: Visit, breakdown: Breakdown, part: Part) -> str:
    """Return how a part is called."""
    name = part["name"]
    if name is None:
        return visit.words("parts.pool", count=part["pooled"], fewest=breakdown["fewest"])
    if breakdown["by"] == "source":
        return visit.words.named("source", name)
    return name or visit.words("parts.no_class")


def _signals(visit: Visit, path: str) -> None:
    found = visit.gateway.get(f"{path}/signals", Signals)["items"]
    if found:
        section(visit.words("signals.title"), note=visit.words("signals.note"))
        show("signals.html", signals=found)
