"""Who is logged in, and for the operator who else may."""

from dashboard.markup import show
from dashboard.sections.heading import section
from dashboard.shapes.account import Accounts, Me
from dashboard.visit import current


def own_account(me: Me) -> None:
    """Draw the account of this session, with the schools in its scope."""
    show("account.html", me=me)


def all_accounts() -> None:
    """Draw the list of accounts."""
    visit = current()
    accounts = visit.gateway.get("/accounts", Accounts)["items"]
    section(visit.words("accounts.title"), count=len(accounts))
    show("accounts.html", accounts=accounts)
