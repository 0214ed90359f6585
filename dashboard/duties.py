"""What each role finds in the dashboard. The gateway decides anyway: this only spares dead ends."""

from collections.abc import Mapping
from typing import Final, Literal

Page = Literal["overview", "my_school", "surveys", "inspections", "reports", "history", "account"]
Action = Literal[
    "campaign.close",
    "campaign.hand_out",
    "demand.read",
    "inspection.start",
    "inspection.carry_out",
    "remedy.assign",
    "remedy.close",
    "task.close",
    "petition.receive",
    "petition.answer",
    "report.submit",
    "report.judge",
    "matter.trace",
    "accounts.list",
]
Part = Literal["inspections", "remedies", "tasks", "petitions", "evaluations", "duty"]

_DISTRICT: Final[tuple[Page, ...]] = (
    "overview",
    "surveys",
    "inspections",
    "reports",
    "history",
    "account",
)
_SCHOOL: Final[tuple[Page, ...]] = ("my_school", *_DISTRICT[1:])

PAGES: Final[Mapping[str, tuple[Page, ...]]] = {
    "operator": _DISTRICT,
    "district_officer": _DISTRICT,
    "district_viewer": _DISTRICT,
    "principal": _SCHOOL,
    "deputy": _SCHOOL,
    "unit_head": _SCHOOL,
    "clerk": _SCHOOL,
    "accountant": _SCHOOL,
    "teacher": _SCHOOL,
    "union": _SCHOOL,
}

_HEADS: Final = frozenset({"principal", "deputy"})
_OFFICER: Final = frozenset({"district_officer"})
_OPERATOR: Final = frozenset({"operator"})
_DISTRICT_ROLES: Final = frozenset({"district_officer", "district_viewer"})

ACTIONS: Final[Mapping[Action, frozenset[str]]] = {
    "campaign.close": _OFFICER | _OPERATOR,
    "campaign.hand_out": _HEADS | _OFFICER | _OPERATOR | {"clerk"},
    "demand.read": _HEADS | _DISTRICT_ROLES | _OPERATOR,
    "inspection.start": _HEADS | _OFFICER,
    "inspection.carry_out": _HEADS | _OFFICER,
    "remedy.assign": _HEADS | _OFFICER,
    "remedy.close": _HEADS | _OFFICER,
    "task.close": _HEADS,
    "petition.receive": _HEADS | {"clerk"},
    "petition.answer": _HEADS,
    "report.submit": _HEADS | {"clerk"},
    "report.judge": _OFFICER,
    "matter.trace": _HEADS | _DISTRICT_ROLES | _OPERATOR,
    "accounts.list": _OPERATOR,
}

_INSIDE: Final[tuple[Part, ...]] = ("inspections", "remedies", "tasks")
_EVERYTHING: Final[tuple[Part, ...]] = (*_INSIDE, "petitions", "evaluations", "duty")


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
    return _EVERYTHING if role in _HEADS | _DISTRICT_ROLES | _OPERATOR else _INSIDE
