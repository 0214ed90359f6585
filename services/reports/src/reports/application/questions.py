"""Questions about kinds and obligations."""

from collections.abc import Sequence

from contracts.problems import Problem
from contracts.rpc import obligations as m
from contracts.rpc import preparing as p
from reports.application import completeness, wording
from reports.application.staff import told_name
from reports.domain.obligations import Obligation
from reports.domain.preparing import INSIDE, Preparation
from reports.storage.unit_of_work import ReportsUnitOfWork

# Steps inside the school, with what people say to each other there.
INTERNAL = frozenset({"draft_begun", "handed_in", "given_back", "approved"})


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
    inside = work.actor.role in INSIDE
    stages = work.preparations.stages(one.obligation_id for one in listed) if inside else {}
    return tuple(
        wording.obligation_message(
            one,
            work.kinds.version(one.kind, one.kind_version),
            titles[one.school],
            work.calendar,
            work.today,
        ).model_copy(update={"stage": stages.get(one.obligation_id)})
        for one in listed
    )


def detail(work: ReportsUnitOfWork, obligation: Obligation) -> m.ObligationDetail:
    """Return an obligation with everything that is known of it.

    Recipients are the superiors of the day on which it was first submitted, or is due.
    """
    kind = work.kinds.version(obligation.kind, obligation.kind_version)
    parents = work.superiors.of(obligation.school, obligation.submitted_on or obligation.due_on)
    former = work.chronicle.former_deadlines(obligation.obligation_id)
    inside = work.actor.role in INSIDE
    files = work.signed_files.of(obligation.obligation_id)
    prepared = work.preparations.get(obligation.obligation_id) if inside else None
    return m.ObligationDetail(
        **dict(messages(work, [obligation])[0]),
        correlation_id=obligation.correlation_id,
        recipients=wording.recipients(kind, parents),
        regime=kind.regime,
        checklist=tuple(part.words for part in kind.checklist),
        written=completeness.written(work, obligation) if inside else (),
        period_over=work.today > obligation.period.ends_on,
        former_deadlines=tuple(
            m.FormerDeadline(deadline=wording.explained(old), replaced_at=at) for old, at in former
        ),
        submitted=tuple(
            sent.model_copy(
                update={
                    "signed_file": files.get(sent.number),
                    "by_name": told_name(work, sent.by_role, sent.by_name),
                }
            )
            for sent in work.chronicle.submissions(obligation.obligation_id)
        ),
        history=tuple(
            step.model_copy(update={"by_name": told_name(work, step.by_role, step.by_name)})
            for step in work.chronicle.steps(obligation.obligation_id)
            if inside or step.what not in INTERNAL
        ),
        preparation=None if prepared is None else _preparation(prepared),
    )


def _preparation(found: Preparation) -> p.Preparation:
    return p.Preparation(
        stage=found.stage,
        writer=found.writer_name,
        note=found.note,
        approved_by=found.approved_by,
        approved_role=found.approved_role,
        approved_at=found.approved_at,
        in_place=found.in_place,
    )
