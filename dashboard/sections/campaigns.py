"""The campaigns of a school, or of all schools in scope."""

from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.sections.heading import nothing, section
from dashboard.shapes.surveys import Campaign, Campaigns
from dashboard.visit import current

STATES = ("open", "closed", "planned")


def campaigns_section(school: str | None) -> None:
    """Draw the campaigns by state: those that take answers first."""
    visit = current()
    t = visit.words
    found = visit.gateway.get("/campaigns", Campaigns, school=school)["items"]
    if not found:
        nothing(t("campaign.none"))
    for state in STATES:
        of_state = [campaign for campaign in found if campaign["state"] == state]
        if of_state:
            section(t(f"campaign.list.{state}"), count=len(of_state))
            _table(of_state, with_school=school is None)


def _table(campaigns: list[Campaign], *, with_school: bool) -> None:
    visit = current()
    rows = [(campaign, period_name(visit, campaign["period"])) for campaign in campaigns]
    show("campaigns.html", rows=rows, with_school=with_school)
