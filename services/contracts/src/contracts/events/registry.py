"""The one table: which event goes to which services. The broker's bindings are made from it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts.events import directory as d
from contracts.events import exemptions as x
from contracts.events import inspections as i
from contracts.events import reports as r
from contracts.events import surveys as s
from contracts.events.base import Event

_TABLE: Final[dict[type[Event], tuple[str, ...]]] = {
    d.SchoolRegistered: ("surveys", "inspections", "reports"),
    d.SchoolChanged: ("surveys", "inspections", "reports"),
    d.SchoolClosed: ("surveys", "inspections", "reports"),
    d.UnitMoved: ("reports",),
    d.CalendarChanged: ("surveys", "inspections", "reports"),
    s.CampaignOpened: ("reports",),
    s.ResponseSubmitted: ("inspections", "reports"),
    s.ImproperDemandReported: ("inspections", "reports"),
    s.ResponsesWithdrawn: ("inspections", "reports"),
    s.ImproperDemandWithdrawn: ("inspections", "reports"),
    s.CampaignClosed: ("inspections", "reports"),
    x.SchoolExempted: (),
    x.ExemptionLifted: (),
    i.InspectionProposed: ("reports",),
    i.InspectionEscalated: ("reports",),
    i.InspectionOrdered: ("reports",),
    i.InspectionDismissed: ("reports",),
    i.InspectionCompleted: ("reports",),
    i.FindingRecorded: ("reports",),
    i.FindingEscalated: (),
    i.RemedyAssigned: ("reports",),
    i.RemedyClosed: ("reports",),
    i.RemedyOverdue: ("reports",),
    i.ImprovementTaskAssigned: ("reports",),
    i.PetitionReceived: ("reports",),
    i.PetitionAnswered: ("reports",),
    i.PetitionOverdue: ("reports",),
    r.ObligationCreated: (),
    r.ObligationDueSoon: (),
    r.ObligationOverdue: (),
    r.ReportSubmitted: (),
    r.ReportReceived: (),
    r.ReportReturned: (),
    r.RequestSent: (),
    r.RequestAnswered: (),
    r.ReportWithdrawn: (),
}

EVENTS: Final[Mapping[str, type[Event]]] = MappingProxyType({e.name: e for e in _TABLE})
CONSUMERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {e.name: services for e, services in _TABLE.items()}
)
# These travel on a lane of their own, so that a flood of answers delays nothing else.
FAST_LANE: Final[frozenset[str]] = frozenset({s.ResponseSubmitted.name})
# Every service that has a queue, in the order in which topology declares them.
SERVICES: Final[tuple[str, ...]] = ("directory", "surveys", "inspections", "reports")


def event_class(name: str) -> type[Event]:
    """Return the class of an event name; raises `KeyError` for a name that nobody declared."""
    return EVENTS[name]


def consumers_of(name: str) -> tuple[str, ...]:
    """Return the services that an event is delivered to."""
    return CONSUMERS[name]


def events_for(service: str) -> tuple[str, ...]:
    """Return the names of the events that a service consumes, sorted."""
    return tuple(sorted(name for name, services in CONSUMERS.items() if service in services))
