"""A sample district in the first quarter of 2024, as the gateway would tell it."""

from tests.dashboard.fake_gateway import Route
from tests.dashboard.sample import (
    account,
    documents,
    drafts,
    inspections,
    keeping,
    matrix,
    overview,
    paper,
    remedies,
    reminders,
    reports,
    requests,
    results,
    survey_setup,
    surveys,
    traces,
    workdays,
)

ROUTES: dict[str, Route] = (
    account.ROUTES
    | surveys.ROUTES
    | survey_setup.ROUTES
    | paper.ROUTES
    | results.ROUTES
    | keeping.ROUTES
    | inspections.ROUTES
    | remedies.ROUTES
    | reports.ROUTES
    | drafts.ROUTES
    | matrix.ROUTES
    | reminders.ROUTES
    | requests.ROUTES
    | documents.ROUTES
    | overview.ROUTES
    | traces.ROUTES
    | workdays.ROUTES
)
