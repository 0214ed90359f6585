"""Lets time work: notices before a deadline, and overdue after it, each told once."""

from collections.abc import Sequence
from dataclasses import replace

from contracts.events.reports import ObligationDueSoon, ObligationOverdue
from contracts.rpc.base import SYSTEM
from reports.application import reminding
from reports.application.changes import Change, keep_all
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
            of_a_day = [one for one in due if one.next_turn_on == due[0].next_turn_on]
            _turn(work, [(one, next(ahead(one.noticed))) for one in of_a_day])
        if not due:
            return


def catch_up(work: ReportsUnitOfWork, obligation: Obligation) -> Obligation:
    """Do the turns of a locked obligation that have come by now; a command acts on the result."""
    if obligation.next_turn_on is None:
        return obligation
    for one in come(work.calendar, obligation.due_on, obligation.noticed, work.today):
        (obligation,) = _turn(work, [(obligation, one)])
    return obligation


def _turn(work: ReportsUnitOfWork, turns: Sequence[tuple[Obligation, Turn]]) -> list[Obligation]:
    """Do one turn of each of these locked obligations and return them."""
    reminding.remind(work, turns)
    return keep_all(work, [_change(work, *one) for one in turns])


def _change(work: ReportsUnitOfWork, obligation: Obligation, turn: Turn) -> Change:
    at = moment(turn, work.calendar, obligation.due_on, obligation.changed_at)
    params = {"due_on": obligation.due_on.isoformat()}
    if isinstance(turn, int):
        notice = ObligationDueSoon(
            obligation_id=obligation.obligation_id,
            school=obligation.school,
            kind=obligation.kind,
            due_on=obligation.due_on,
            working_days_left=turn,
        )
        following = next_turn_on(work.calendar, obligation.due_on, turn)
        changed = replace(obligation, state="due_soon", noticed=turn, next_turn_on=following)
        params["working_days_left"] = str(turn)
        return Change(changed, notice, "due_soon", actor=SYSTEM, at=at, params=params)
    event = ObligationOverdue(
        obligation_id=obligation.obligation_id,
        school=obligation.school,
        kind=obligation.kind,
        due_on=obligation.due_on,
        version=obligation.version + 1,
    )
    changed = replace(obligation, state="overdue", next_turn_on=None)
    return Change(changed, event, "overdue", actor=SYSTEM, at=at, params=params)
