"""Proposing an inspection: by a rule that fired, or by hand."""

from dataclasses import replace
from uuid import UUID, uuid4

from contracts.envelope import Envelope
from contracts.events import Event
from contracts.events.inspections import HandledAt, InspectionKind
from inspections.application.chains import take_step, tell
from inspections.application.facts import inspection_proposed
from inspections.domain.inspection import Inspection
from inspections.domain.rules import Rule
from inspections.storage.history import Trigger
from inspections.storage.unit_of_work import InspectionsUnitOfWork

OPEN_STATES = ("proposed", "escalated", "ordered")
_TURNS = 10


class StillChangingError(Exception):
    """The open inspection of a rule kept ending while something was being attached to it."""


def propose_by_rule(
    work: InspectionsUnitOfWork, rule: Rule, event: Event, envelope: Envelope, side: HandledAt
) -> tuple[Inspection, bool]:
    """Open an inspection for an event, or attach the event to the one that is open for the rule.

    Returns the inspection, and whether the event was attached. Of several that come at once, the
    database lets one open it; the others wait for it and attach.
    """
    school = envelope.subject
    assert school is not None, "rules are for events about a school"
    fresh = _fresh(work, school, "triggered", rule.working_days, rule=rule.code, side=side)
    for _ in range(_TURNS):
        if work.inspections.add(fresh):
            opened = tell(work, fresh, inspection_proposed(fresh, envelope.id))
            work.inspections.save(opened)
            work.history.add_trigger(_trigger(work, opened, rule, (event, envelope)))
            take_step(work, opened, "proposed")
            return opened, False
        c = work.inspections.table.c
        already = work.inspections.where(
            c.school == school,
            c.rule == rule.code,
            c.handled_at == side,
            c.state.in_(OPEN_STATES),
            lock=True,
        )
        if already:
            trigger = _trigger(work, already[0], rule, (event, envelope))
            work.history.add_trigger(replace(trigger, attached=True))
            take_step(work, already[0], "attached")
            return already[0], True
    raise StillChangingError(rule.code)


def propose_by_hand(
    work: InspectionsUnitOfWork, school: str, kind: InspectionKind, note: str
) -> Inspection:
    """Propose an inspection in the name of whoever asks."""
    days = work.standards.working_days("order", work.today)
    fresh = _fresh(work, school, kind, days, note=note)
    work.inspections.add(fresh)
    opened = tell(work, fresh, inspection_proposed(fresh, None))
    work.inspections.save(opened)
    take_step(work, opened, "proposed")
    return opened


def _fresh(
    work: InspectionsUnitOfWork,
    school: str,
    kind: InspectionKind,
    working_days: int,
    *,
    rule: str | None = None,
    note: str = "",
    side: HandledAt = "school",
) -> Inspection:
    return Inspection(
        id=uuid4(),
        school=school,
        handled_at=side,
        state="proposed",
        due_from=work.today,
        working_days=working_days,
        due_on=work.calendar.add(work.today, working_days),
        correlation_id=work.trace.correlation_id,
        last_event_id=work.trace.causation_id,
        version=1,
        kind=kind,
        rule=rule,
        note=note,
    )


def _trigger(
    work: InspectionsUnitOfWork, inspection: Inspection, rule: Rule, told: tuple[Event, Envelope]
) -> Trigger:
    """Return how an event led to an inspection.

    A report that was withdrawn before it came here leads there all the same, as it would have in
    the other order: that it was made is for a person to weigh.
    """
    event, envelope = told
    report: UUID | None = getattr(event, "report_id", None)
    campaign: UUID | None = getattr(event, "campaign_id", None)
    return Trigger(
        inspection_id=inspection.id,
        event_id=envelope.id,
        rule=rule.code,
        rule_version=rule.version,
        event_type=envelope.type,
        occurred_at=envelope.time,
        attached=False,
        campaign_id=campaign,
        demand=getattr(event, "demand", None),
        correlation_id=envelope.correlationid,
        withdrawn_on=work.withdrawals.day_of(report) if report is not None else None,
    )
