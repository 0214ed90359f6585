"""One's own account: who am I, password; for the operator the list of accounts."""

from dashboard.duties import may
from dashboard.notices import calm
from dashboard.sections.account import all_accounts, own_account
from dashboard.sections.heading import page_head, section
from dashboard.sections.password import password_form
from dashboard.visit import current

visit = current()
words = visit.words
page_head(words("page.account"))
if visit.me is not None:
    own_account(visit.me)
section(words("password.change"))
password_form()
if may(visit.role, "accounts.list"):
    with calm():
        all_accounts()
