"""Lets time work: notices before a deadline, and overdue after it, each told once."""

from dataclasses import replace

from contracts.events import Event
from contracts.events.reports import ObligationDueSoon, ObligationOverdue
from contracts.rpc.base import SYSTEM
from reports.application import changes, reminding
from reports.domain.obligations import Obligation
from reports.domain.turns import Turn, ahead, come, moment, next_turn_on
from reports.storage.unit_of_work import ReportsUnitOfWork, Units

OBLIGATIONS_AT_ONCE = 100


def turn_all(units: Units) -> None:
    """Do everything that became due by now, day by day in the order in which it became due.

    Safe with several replicas: each takes rows that no other has.
    """
    while True:
        with units.for_system() as work:
            due = work.obligations.due_for_turn(work.today, OBLIGATIONS_AT_ONCE)
            for obligation in due:
                if obligation.next_turn_on == due[0].next_turn_on:
                    turn(work, obligation, next(ahead(obligation.noticed)))
        if not due:
            return


def catch_up(work: ReportsUnitOfWork, obligation: Obligation) -> Obligation:
    """Do the turns of a locked obligation that have come by now; a command acts on the result."""
    if obligation.next_turn_on is None:
        return obligation
    for one in come(work.calendar, obligation.due_on, obligation.noticed, work.today):
        obligation = turn(work, obligation, one)
    return obligation


def turn(work: ReportsUnitOfWork, obligation: Obligation, one: Turn) -> Obligation:
    """Do one turn of a locked obligation and return it."""
    event: Event
    reminding.remind(work, obligation, one)
    at = moment(one, work.calendar, obligation.due_on, obligation.changed_at)
    if isinstance(one, int):
        event = ObligationDueSoon(
            obligation_id=obligation.obligation_id,
            school=obligation.school,
            kind=obligation.kind,
            due_on=obligation.due_on,
            working_days_left=one,
        )
        following = next_turn_on(work.calendar, obligation.due_on, one)
        changed = replace(obligation, state="due_soon", noticed=one, next_turn_on=following)
        params = {"working_days_left": str(one), "due_on": obligation.due_on.isoformat()}
        return changes.keep(work, changed, event, "due_soon", actor=SYSTEM, at=at, params=params)
    event = ObligationOverdue(
        obligation_id=obligation.obligation_id,
        school=obligation.school,
        kind=obligation.kind,
        due_on=obligation.due_on,
        version=obligation.version + 1,
    )
    changed = replace(obligation, state="overdue", next_turn_on=None)
    params = {"due_on": obligation.due_on.isoformat()}
    return changes.keep(work, changed, event, "overdue", actor=SYSTEM, at=at, params=params)
