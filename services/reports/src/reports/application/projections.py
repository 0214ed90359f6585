"""The table event → read models: what a running service projects, and a rebuild in the same way.

The events may come in any order and are projected one by one or many at once: what comes out is
the same.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, TypeVar

from contracts.events import directory as d
from contracts.events import inspections as i
from contracts.events import surveys as s
from contracts.events.base import Event
from messaging import Delivery
from reports.application import projecting
from reports.storage.unit_of_work import ReportsUnitOfWork

E = TypeVar("E", bound=Event)
Projection = Callable[[ReportsUnitOfWork, Delivery[Any]], None]


def _of(use_case: Callable[[ReportsUnitOfWork, E], None], about: str = "") -> Projection:
    """`about` names the matter that the event tells of: the figures of a draft lead back to it."""

    def project_one(work: ReportsUnitOfWork, delivery: Delivery[E]) -> None:
        use_case(work, delivery.event)
        _learn_origin(work, delivery, about)

    return project_one


def _dated(
    use_case: Callable[[ReportsUnitOfWork, E, datetime], None], about: str = ""
) -> Projection:
    """For events that name no day: what they tell began on the day of their envelope."""

    def project_one(work: ReportsUnitOfWork, delivery: Delivery[E]) -> None:
        use_case(work, delivery.event, delivery.envelope.time)
        _learn_origin(work, delivery, about)

    return project_one


def _learn_origin(work: ReportsUnitOfWork, delivery: Delivery[E], about: str) -> None:
    if about:
        work.drafts.learn_origin(delivery.envelope, getattr(delivery.event, about))


# Of the directory's events the names and superiors alone: schools and moved days, on which
# obligations hang, are learnt with their consequences (`learning`).
COPIES: Final[Mapping[type[Event], Projection]] = MappingProxyType(
    {
        d.SchoolRegistered: _of(projecting.school_registered),
        d.SchoolChanged: _dated(projecting.school_changed),
        d.UnitMoved: _of(projecting.unit_moved),
    }
)
PROJECTIONS: Final[Mapping[type[Event], Projection]] = MappingProxyType(
    {
        s.CampaignOpened: _of(projecting.campaign_opened),
        s.CampaignClosed: _of(projecting.campaign_closed, "campaign_id"),
        s.ImproperDemandReported: _of(projecting.demand),
        s.ImproperDemandWithdrawn: _of(projecting.demand_withdrawn),
        s.ResponsesWithdrawn: _of(projecting.answers_withdrawn),
        i.InspectionProposed: _of(projecting.proposed, "inspection_id"),
        i.InspectionEscalated: _of(projecting.escalated, "inspection_id"),
        i.InspectionOrdered: _of(projecting.ordered, "inspection_id"),
        i.InspectionDismissed: _of(projecting.dismissed, "inspection_id"),
        i.InspectionCompleted: _of(projecting.completed, "inspection_id"),
        i.FindingRecorded: _of(projecting.finding, "finding_id"),
        i.RemedyAssigned: _dated(projecting.remedy_assigned, "remedy_id"),
        i.RemedyClosed: _of(projecting.remedy_closed, "remedy_id"),
        i.RemedyOverdue: _of(projecting.remedy_overdue, "remedy_id"),
        i.ImprovementTaskAssigned: _dated(projecting.task_assigned, "task_id"),
        i.PetitionReceived: _of(projecting.petition_received, "petition_id"),
        i.PetitionAnswered: _of(projecting.petition_answered, "petition_id"),
        i.PetitionOverdue: _of(projecting.petition_overdue, "petition_id"),
    }
)
_ALL: Final = {**COPIES, **PROJECTIONS}


def project(work: ReportsUnitOfWork, deliveries: Sequence[Delivery[Any]]) -> None:
    """Project events of all sorts; answers are counted together, others that tell nothing pass."""
    answers = [one.event for one in deliveries if isinstance(one.event, s.ResponseSubmitted)]
    if answers:
        projecting.answers(work, answers)
    for delivery in deliveries:
        project_one = _ALL.get(type(delivery.event))
        if project_one is not None:
            project_one(work, delivery)
