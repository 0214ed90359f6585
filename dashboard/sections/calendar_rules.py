"""The rules by which the calendar makes campaigns, and what follows below the target."""

from datetime import date

import streamlit as st

from dashboard.duties import may
from dashboard.markup import show
from dashboard.notices import calm, done
from dashboard.sections.below_target import change_below_target
from dashboard.sections.heading import section
from dashboard.sections.schools import titles_of
from dashboard.shapes.survey_setup import CampaignRule, CampaignRules, TriggerRules
from dashboard.visit import current

LENGTHS = ("whole", "short")
CLOSED = "surveys.campaign_closed"


def rules_section() -> None:
    """Draw the rules, the newest first, the schools that differ, and the trigger rules."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/campaign-rules", CampaignRules)
    titles = titles_of(visit)
    section(t("rules.title"), note=t("rules.note"))
    show("campaign_rules.html", rules=found["items"])
    editor = may(visit.role, "campaign_rule.set")
    if editor:
        _withdraw(found["items"])
        _set(found["items"])
    section(t("lengths.title"), note=t("lengths.note"))
    show("care_lengths.html", lengths=found["care_lengths"], titles=titles)
    if editor:
        _set_length(titles)
    _below_target()


def _below_target() -> None:
    """Say which rules of inspections judge a campaign that closes, and let them be changed."""
    visit = current()
    rules = visit.gateway.get_if_allowed("/trigger-rules", TriggerRules)
    if rules is None:
        return
    section(visit.words("below.title"), note=visit.words("below.note"))
    judging = [rule for rule in rules["items"] if rule["event_type"] == CLOSED]
    show("below_target.html", rules=judging)
    if may(visit.role, "trigger_rule.change"):
        for rule in judging:
            change_below_target(rule)


def _withdraw(rules: list[CampaignRule]) -> None:
    visit = current()
    t = visit.words
    for rule in rules:
        day = rule["valid_from"]
        words = t("rules.withdraw", day=visit.formats.day(day))
        if not rule["in_force"] and st.button(words, key=f"withdraw-{day}"):
            with calm():
                visit.gateway.post(f"/campaign-rules/{day}/withdraw")
                done("rules.withdraw_done")


def _set(rules: list[CampaignRule]) -> None:
    """Ask for a new rule; what the newest one says is filled in."""
    visit = current()
    t = visit.words
    newest = rules[0] if rules else None
    begins, ends = (
        (newest["term_begins"], newest["term_ends"])
        if newest
        else ({"month": 9, "day": 5}, {"month": 5, "day": 31})
    )
    with st.expander(t("rules.set")), st.form("set_rule", border=False):
        valid_from = st.date_input(t("rules.valid_from"), None, format="DD/MM/YYYY")
        basis = st.text_input(
            t("rules.basis"), newest["legal_basis"] if newest else "", max_chars=500
        )
        target = st.number_input(
            t("rules.target"), 1, 100, newest["target_percent"] if newest else 95
        )
        days = st.number_input(
            t("rules.field_days"), 1, 60, newest["field_working_days"] if newest else 10
        )
        left, right = st.columns(2)
        begin_day = left.number_input(t("rules.term_begins_day"), 1, 31, begins["day"])
        begin_month = right.number_input(t("rules.term_begins_month"), 1, 12, begins["month"])
        end_day = left.number_input(t("rules.term_ends_day"), 1, 31, ends["day"])
        end_month = right.number_input(t("rules.term_ends_month"), 1, 12, ends["month"])
        length = _ask_length(newest["care_length"] if newest else LENGTHS[0], "rule_length")
        if not st.form_submit_button(t("rules.set_now"), type="primary"):
            return
        if not isinstance(valid_from, date) or not basis.strip():
            st.warning(t("rules.say"))
            return
        with calm():
            body = {
                "valid_from": valid_from.isoformat(),
                "legal_basis": basis,
                "target_percent": target,
                "field_working_days": days,
                "term_begins": {"month": begin_month, "day": begin_day},
                "term_ends": {"month": end_month, "day": end_day},
                "care_length": length,
            }
            visit.gateway.post("/campaign-rules", body)
            done("rules.set_done")


def _set_length(titles: dict[str, str]) -> None:
    visit = current()
    t = visit.words
    with st.expander(t("lengths.set")), st.form("set_length", border=False):
        school = st.selectbox(t("school.choose"), list(titles), format_func=lambda c: titles[c])
        length = st.segmented_control(
            t("lengths.length"),
            ("rule", *LENGTHS),
            default="rule",
            required=True,
            format_func=lambda value: t(f"length.{value}"),
        )
        if not st.form_submit_button(t("lengths.set_now")) or school is None:
            return
        with calm():
            own = None if length == "rule" else length
            visit.gateway.post(f"/schools/{school}/care-length", {"length": own})
            done("lengths.set_done")


def _ask_length(default: str, key: str) -> str:
    t = current().words
    chosen: str = st.segmented_control(
        t("lengths.length"),
        LENGTHS,
        default=default,
        required=True,
        key=key,
        format_func=lambda value: t(f"length.{value}"),
    )
    return chosen
