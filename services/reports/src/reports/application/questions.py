"""Questions about kinds and obligations."""

from collections.abc import Sequence

from contracts.problems import Problem
from contracts.rpc import obligations as m
from reports.application import wording
from reports.domain.obligations import Obligation
from reports.storage.unit_of_work import ReportsUnitOfWork


def list_kinds(work: ReportsUnitOfWork, request: m.ListKinds) -> m.Kinds:  # noqa: ARG001
    """The kinds in force today."""
    return m.Kinds(items=tuple(map(wording.kind_message, work.kinds.all_in_force(work.today))))


def list_obligations(work: ReportsUnitOfWork, request: m.ListObligations) -> m.Obligations:
    """The obligations in scope, earliest deadline first."""
    listed = work.obligations.listed(
        work.actor,
        school=request.school,
        state=request.state,
        kind=request.kind,
        period=None if request.period is None else wording.period_of(request.period),
    )
    return m.Obligations(items=messages(work, listed))


def get_obligation(work: ReportsUnitOfWork, request: m.GetObligation) -> m.ObligationDetail:
    """One obligation with its history; raises `Problem`."""
    obligation = work.obligations.get(request.obligation_id, work.actor)
    if obligation is None:
        raise Problem("resource.not_found")
    return detail(work, obligation)


def messages(work: ReportsUnitOfWork, listed: Sequence[Obligation]) -> tuple[m.Obligation, ...]:
    """Return obligations as they stand today."""
    titles = work.schools.titles({one.school for one in listed})
    return tuple(
        wording.obligation_message(
            one,
            work.kinds.version(one.kind, one.kind_version),
            titles[one.school],
            work.calendar,
            work.today,
        )
        for one in listed
    )


def detail(work: ReportsUnitOfWork, obligation: Obligation) -> m.ObligationDetail:
    """Return an obligation with everything that is known of it.

    Recipients are the superiors of the day on which it was first submitted, or is due.
    """
    kind = work.kinds.version(obligation.kind, obligation.kind_version)
    parents = work.superiors.of(obligation.school, obligation.submitted_on or obligation.due_on)
    former = work.chronicle.former_deadlines(obligation.obligation_id)
    return m.ObligationDetail(
        **dict(messages(work, [obligation])[0]),
        correlation_id=obligation.correlation_id,
        recipients=wording.recipients(kind, parents),
        checklist=kind.checklist,
        former_deadlines=tuple(
            m.FormerDeadline(deadline=wording.explained(old), replaced_at=at) for old, at in former
        ),
        submitted=work.chronicle.submissions(obligation.obligation_id),
        history=work.chronicle.steps(obligation.obligation_id),
    )
