"""A sample district in the first quarter of 2024, as the gateway would tell it."""

from tests.dashboard.fake_gateway import Route
from tests.dashboard.sample import (
    account,
    inspections,
    keeping,
    overview,
    paper,
    remedies,
    reports,
    results,
    survey_setup,
    surveys,
    traces,
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
    | overview.ROUTES
    | traces.ROUTES
)
