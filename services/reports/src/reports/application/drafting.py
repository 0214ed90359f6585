"""Drafts that fill themselves: figures from events, the period before, values by hand."""

from collections.abc import Iterator
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc import drafts as m
from reports.application.commands import locked
from reports.application.freezing import Drafted, drafted, drafted_before
from reports.application.wording import period_ref
from reports.domain.drafts import Correction, FigureKind, previous
from reports.domain.obligations import Obligation
from reports.shipped import draft_figures
from reports.storage.unit_of_work import ReportsUnitOfWork

# These figures count what reports itself told.
OF_REPORTS = "reports."


def get_draft(work: ReportsUnitOfWork, request: m.GetDraft) -> m.Draft:
    """The figures of a report; raises `Problem`."""
    return draft(work, _found(work, request.obligation_id))


def get_figure_origin(work: ReportsUnitOfWork, request: m.GetFigureOrigin) -> m.FigureOrigin:
    """The events that a figure came from; raises `Problem`."""
    obligation = _found(work, request.obligation_id)
    _check_figure(work, obligation, request.figure)
    sources = drafted(work, obligation).figures[request.figure].computed.sources
    told = (
        work.drafts.told_of(sources)
        if request.figure.startswith(OF_REPORTS)
        else work.drafts.origins_of(sources)
    )
    return m.FigureOrigin(code=request.figure, matters=len(sources), events=tuple(told))


def correct_figure(work: ReportsUnitOfWork, request: m.CorrectFigure) -> m.Draft:
    """Put a value by hand in place of the computed one, or go back to it; both stay on record."""
    obligation = locked(work, request.obligation_id)
    obligation.check_submit()
    _check_figure(work, obligation, request.figure)
    prepared = work.preparations.get(obligation.obligation_id)
    if prepared is None:
        raise Problem("reports.not_drafting")
    if prepared.stage == "approved":
        raise Problem("reports.draft_closed")
    before = drafted(work, obligation).figures[request.figure]
    one = Correction(
        code=request.figure,
        value=request.value,
        computed=before.computed.value,
        reason=request.reason,
        by_role=work.actor.role,
        by_name=work.actor.display_name,
        at=work.now,
    )
    work.drafts.correct(obligation.obligation_id, one, work.actor)
    work.audit(
        "report.figure_corrected",
        str(obligation.obligation_id),
        school=obligation.school,
        before={"figure": one.code, "value": before.value, "correction": len(before.corrections)},
        after={
            "figure": one.code,
            "value": one.computed if one.value is None else one.value,
            "correction": len(before.corrections) + 1,
        },
    )
    return draft(work, obligation)


def draft(work: ReportsUnitOfWork, obligation: Obligation) -> m.Draft:
    """Return the figures of a report beside those of the period before."""
    now = drafted(work, obligation)
    before = drafted_before(work, obligation)
    period = previous(obligation.period)
    return m.Draft(
        obligation_id=obligation.obligation_id,
        period=period_ref(obligation.period),
        previous_period=period_ref(period),
        frozen_at=now.frozen_at,
        figures=tuple(
            _message(kind, now, before.get(kind.code)) for kind in _figures(work, obligation)
        ),
    )


def _message(kind: FigureKind, now: Drafted, before: float | None) -> m.DraftFigure:
    figure = now.figures[kind.code]
    hand = figure.by_hand
    difference = None if figure.value is None or before is None else figure.value - before
    return m.DraftFigure(
        code=kind.code,
        words=kind.words,
        unit=kind.unit,
        computed=figure.computed.value,
        value=figure.value,
        previous=before,
        difference=difference,
        by_hand=None if hand is None else _hand(hand),
        corrections=tuple(_hand(one) for one in figure.corrections if one.value is not None),
        sources=len(figure.computed.sources),
    )


def _hand(one: Correction) -> m.HandFigure:
    assert one.value is not None
    return m.HandFigure(
        value=one.value,
        computed=one.computed,
        reason=one.reason,
        by_role=one.by_role,
        by_name=one.by_name,
        at=one.at,
    )


def _found(work: ReportsUnitOfWork, obligation_id: UUID) -> Obligation:
    found = work.obligations.get(obligation_id, work.actor)
    if found is None:
        raise Problem("resource.not_found")
    return found


def _figures(work: ReportsUnitOfWork, obligation: Obligation) -> Iterator[FigureKind]:
    kind = work.kinds.version(obligation.kind, obligation.kind_version)
    return (draft_figures()[code] for code in kind.figures)


def _check_figure(work: ReportsUnitOfWork, obligation: Obligation, code: str) -> None:
    if all(kind.code != code for kind in _figures(work, obligation)):
        raise Problem("reports.unknown_figure", figure=code)
