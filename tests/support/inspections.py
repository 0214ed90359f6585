"""Material for tests of inspections: events that trigger rules, a checklist, matters."""

from datetime import date
from typing import Any
from uuid import uuid4

from contracts.events.surveys import CampaignClosed, ImproperDemandReported, ItemCounts
from contracts.rpc.base import Actor
from contracts.rpc.inspections import CheckedItem
from inspections.application.supplying import shipped_checklists, shipped_rules
from inspections.domain.inspection import Inspection
from tests.support.schools import SCHOOL
from tests.support.surveys import Q1_2024

CHECKLIST = shipped_checklists()[-1]
RULES = {rule.code: rule for rule in shipped_rules()}

HEAD = Actor(role="principal", account_id=uuid4(), schools=(SCHOOL,))
OTHER_HEAD = Actor(role="principal", account_id=uuid4(), schools=("cau-vong-giay",))
OFFICER = Actor(role="district_officer", account_id=uuid4(), schools=(SCHOOL, "cau-vong-giay"))
FOREIGN_OFFICER = Actor(role="district_officer", account_id=uuid4(), schools=("con-thuyen-la",))


def demand(**changed: Any) -> ImproperDemandReported:
    """Return the report of a parent that a fee was demanded against the rules."""
    given: dict[str, Any] = {
        "report_id": uuid4(),
        "campaign_id": uuid4(),
        "school": SCHOOL,
        "form": "tthc",
        "demand": "fee",
        "concerns_head": False,
        "day": date(2024, 3, 5),
    }
    return ImproperDemandReported(**(given | changed))


def campaign_closed(**changed: Any) -> CampaignClosed:
    """Return the closing of a TTHC campaign below its target."""
    overall = ItemCounts(item="F", group="F", counts=(2, 3, 5, 50, 40))
    given: dict[str, Any] = {
        "campaign_id": uuid4(),
        "school": SCHOOL,
        "form": "tthc",
        "form_version": 1,
        "period": Q1_2024,
        "closed_on": date(2024, 3, 15),
        "responses": 100,
        "handed_out": None,
        "overall": overall,
        "valid": 100,
        "satisfied": 90,
        "very_satisfied": 40,
        "target_percent": 95,
        "verdict": "not_met",
        "conclusive": True,
        "distribution": (overall,),
        "improper_demands": 0,
        "version": 3,
    }
    return CampaignClosed(**(given | changed))


def inspection(**changed: Any) -> Inspection:
    """Return an inspection that was proposed on Monday 4 March 2024, to be ordered on Tuesday."""
    given: dict[str, Any] = {
        "id": uuid4(),
        "school": SCHOOL,
        "handled_at": "school",
        "state": "proposed",
        "due_from": date(2024, 3, 4),
        "working_days": 1,
        "due_on": date(2024, 3, 5),
        "correlation_id": uuid4(),
        "last_event_id": None,
        "version": 1,
        "kind": "triggered",
        "rule": "improper-demand",
    }
    return Inspection(**(given | changed))


def results(*unmet: CheckedItem) -> tuple[CheckedItem, ...]:
    """Return results of the whole checklist: all met but these."""
    failed = {one.item: one for one in unmet}
    return tuple(
        failed.get(item.code, CheckedItem(item=item.code, met=True)) for item in CHECKLIST.items
    )
