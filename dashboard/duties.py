"""What each role finds in the dashboard. The gateway decides anyway: this only spares dead ends.

A test compares these tables with the gateway's route table.
"""

from collections.abc import Mapping
from typing import Final, Literal

Page = Literal[
    "overview",
    "my_school",
    "surveys",
    "results",
    "survey_setup",
    "inspections",
    "reports",
    "requests",
    "history",
    "account",
]
Part = Literal["inspections", "remedies", "tasks", "petitions", "evaluations", "duty"]
SetupPart = Literal["forms", "rules", "exemptions", "extra", "keeping"]
Action = Literal[
    "access.change",
    "accounts.list",
    "batch.list",
    "calendar.set",
    "campaign.close",
    "campaign.days",
    "campaign.hand_out",
    "campaign_rule.set",
    "codes.make",
    "collection.answer",
    "collection.make",
    "collection.read",
    "comments.erase",
    "comments.read",
    "data_request.answer",
    "data_request.end",
    "data_request.read",
    "demand.erase",
    "demand.read",
    "document.number",
    "document.write",
    "exemption.make",
    "form.add",
    "form.use",
    "inspection.carry_out",
    "inspection.read",
    "inspection.start",
    "keeping.set",
    "mail_addresses.set",
    "matter.trace",
    "paper.enter",
    "petition.answer",
    "petition.receive",
    "remedy.assign",
    "remedy.close",
    "reminders.mails",
    "reminders.urge",
    "report.approve",
    "report.compare",
    "report.judge",
    "report.prepare",
    "report.submit",
    "request.answer",
    "request.close",
    "request.make",
    "request.remind",
    "report.withdraw",
    "results.compare",
    "rows.read",
    "signals.read",
    "signed_file.read",
    "signing.authorise",
    "task.close",
    "template.add",
    "trigger_rule.change",
]

_HEADS: Final = frozenset({"principal", "deputy"})
_OFFICER: Final = frozenset({"district_officer"})
_DISTRICT: Final = frozenset({"district_officer", "district_viewer"})
_OPERATOR: Final = frozenset({"operator"})
_OVERSEERS: Final = _DISTRICT | _HEADS | _OPERATOR
_STAFF: Final = _OVERSEERS | {"unit_head", "clerk", "accountant", "teacher", "union"}

ACTIONS: Final[Mapping[Action, frozenset[str]]] = {
    "access.change": _OFFICER | _HEADS | _OPERATOR,
    "accounts.list": _OFFICER | _HEADS | _OPERATOR,
    "batch.list": _OVERSEERS | {"clerk"},
    "calendar.set": _OFFICER | _OPERATOR,
    "campaign.close": _OFFICER | _OPERATOR,
    "campaign.days": _OFFICER | _OPERATOR,
    "campaign.hand_out": _OFFICER | _HEADS | _OPERATOR | {"clerk"},
    "campaign_rule.set": _OFFICER | _OPERATOR,
    "codes.make": _OFFICER | _HEADS | _OPERATOR | {"clerk"},
    "collection.answer": _HEADS | {"unit_head", "clerk", "accountant"},
    "collection.make": _HEADS,
    "collection.read": _STAFF - _DISTRICT - _OPERATOR,
    "comments.erase": _HEADS,
    "comments.read": _HEADS,
    "data_request.answer": _OFFICER | _HEADS | {"clerk"},
    "data_request.end": _OFFICER | _HEADS,
    "data_request.read": _OVERSEERS | {"clerk"},
    "demand.erase": _OFFICER,
    "demand.read": _OVERSEERS,
    "document.number": frozenset({"clerk"}),
    "document.write": _HEADS | {"clerk"},
    "exemption.make": _OFFICER | _OPERATOR,
    "form.add": _OFFICER | _OPERATOR,
    "form.use": _OFFICER | _OPERATOR,
    "inspection.carry_out": _OFFICER | _HEADS,
    "inspection.read": _OVERSEERS,
    "inspection.start": _OFFICER | _HEADS,
    "keeping.set": _OFFICER | _OPERATOR,
    "mail_addresses.set": _OFFICER | _OPERATOR,
    "matter.trace": _OVERSEERS,
    "paper.enter": _OFFICER | _HEADS | _OPERATOR | {"clerk"},
    "petition.answer": _OFFICER | _HEADS,
    "petition.receive": _OFFICER | _HEADS | {"clerk"},
    "remedy.assign": _OFFICER | _HEADS,
    "remedy.close": _OFFICER | _HEADS,
    "reminders.mails": _OVERSEERS,
    "reminders.urge": _DISTRICT | _OPERATOR,
    "report.approve": _HEADS,
    "report.compare": _DISTRICT | _OPERATOR,
    "report.judge": _OFFICER,
    "report.prepare": _HEADS | {"clerk"},
    "report.submit": _HEADS | {"clerk"},
    "request.answer": _HEADS | {"clerk"},
    "request.close": _OFFICER,
    "request.make": _OFFICER,
    "request.remind": _DISTRICT | _OPERATOR,
    "report.withdraw": _HEADS,
    "results.compare": _DISTRICT | _OPERATOR,
    "rows.read": _OVERSEERS,
    "signals.read": _OVERSEERS,
    "signed_file.read": _OVERSEERS | {"clerk"},
    "signing.authorise": frozenset({"principal"}),
    "task.close": _HEADS,
    "template.add": _OFFICER | _OPERATOR,
    "trigger_rule.change": _OFFICER | _OPERATOR,
}

PARTS: Final[Mapping[Part, frozenset[str]]] = {
    "inspections": _OVERSEERS,
    "remedies": _OVERSEERS | {"union"},
    "tasks": _STAFF,
    "petitions": _OFFICER | _HEADS | {"clerk"},
    "evaluations": _OVERSEERS,
    "duty": _OVERSEERS | {"union"},
}

SETUP_PARTS: Final[Mapping[SetupPart, frozenset[str]]] = {
    "forms": _STAFF,
    "rules": _STAFF,
    "exemptions": _STAFF,
    "extra": _OFFICER | _HEADS | _OPERATOR,
    "keeping": _STAFF,
}


def may(role: str, action: Action) -> bool:
    """Whether a button for `action` is shown to `role`."""
    return role in ACTIONS[action]


def may_decide(role: str, handled_at: str, *, escalated: bool) -> tuple[bool, bool]:
    """Whether `role` may order a proposed inspection, and whether it may refuse it.

    The head decides until the clock runs out; then the level above may too, and it alone refuses.
    What concerns the head is decided above from the first day on (plan, R5).
    """
    if role in _HEADS:
        return True, not escalated
    above = role in _OFFICER and (escalated or handled_at == "superior")
    return above, above


def parts_of(role: str) -> tuple[Part, ...]:
    """The lists of the inspections page that `role` finds."""
    return tuple(part for part, roles in PARTS.items() if role in roles)


def setup_parts_of(role: str) -> tuple[SetupPart, ...]:
    """The parts of the page on forms and calendar that `role` finds."""
    return tuple(part for part, roles in SETUP_PARTS.items() if role in roles)


def pages_of(role: str) -> tuple[Page, ...]:
    """The pages of `role`, its home first; of somebody unknown those that most people have."""
    home: Page = "my_school" if role in _STAFF - _DISTRICT - _OPERATOR else "overview"
    pages: tuple[Page, ...] = (home, "surveys")
    if role in ACTIONS["results.compare"] or role not in _STAFF:
        pages = (*pages, "results")
    pages = (*pages, "survey_setup", "inspections", "reports", "requests")
    if role in ACTIONS["matter.trace"] or role not in _STAFF:
        pages = (*pages, "history")
    return (*pages, "account")
