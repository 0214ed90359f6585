"""Pages for people: parents' forms, the login, the API's documentation."""

from fastapi import APIRouter

from gateway.pages import campaign, docs, home, login, receipt, results

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    campaign.router,
    receipt.router,
    results.router,
    docs.router,
    login.router,
)
