"""The REST interface, one file per service that answers.

`traces.py` shows the pattern:

    router = make_router("/api/v1")

    @router.get("/campaigns", tags=["surveys"])
    async def list_campaigns(ask: Ask, school: str | None = None) -> Campaigns:
        "The campaigns in scope, newest first."
        return await ask("surveys", "list_campaigns", ListCampaigns(school=school), Campaigns)

A new route needs its line in `gateway.access`, a new problem its two sentences in `locale/`.
"""

from fastapi import APIRouter

from gateway.routes import (
    accounts,
    batches,
    campaign_access,
    campaign_rules,
    comments,
    data_requests,
    directory,
    documents,
    drafts,
    forms,
    inspections,
    keeping,
    oversight,
    petitions,
    plans,
    preparing,
    public,
    reminders,
    reports,
    requests,
    results,
    surveys,
    traces,
    trigger_rules,
    workdays,
)

ROUTERS: tuple[APIRouter, ...] = (
    public.router,  # tried first: the way of a parent's answer
    accounts.router,
    directory.router,
    plans.router,
    reminders.router,
    reports.router,
    oversight.router,
    requests.router,
    workdays.router,
    documents.router,
    preparing.router,
    drafts.router,
    surveys.router,
    forms.router,
    campaign_rules.router,
    campaign_access.router,
    batches.router,
    results.router,
    comments.router,
    keeping.router,
    data_requests.router,
    inspections.router,
    trigger_rules.router,
    petitions.router,
    traces.router,
)
