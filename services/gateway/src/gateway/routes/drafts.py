"""The figures of a report: drafted from events, opened to their origin, corrected by hand."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from contracts.model import Model
from contracts.rpc import drafts as m
from contracts.written import Sentence
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")
Figure = Annotated[m.FigureCode, Path(examples=["petitions.received"])]


class ByHand(Model):
    """The value that the report shall say, null for the computed one, and why."""

    value: m.FigureValue | None
    reason: Sentence


@router.get("/obligations/{obligation_id}/figures", tags=["reports"])
async def get_draft(ask: Ask, obligation_id: UUID) -> m.Draft:
    """The figures of a report, beside those of the period before."""
    return await ask("reports", "get_draft", m.GetDraft(obligation_id=obligation_id), m.Draft)


@router.get("/obligations/{obligation_id}/figures/{figure}/origin", tags=["reports"])
async def get_figure_origin(ask: Ask, obligation_id: UUID, figure: Figure) -> m.FigureOrigin:
    """The events that a figure came from."""
    wanted = m.GetFigureOrigin(obligation_id=obligation_id, figure=figure)
    return await ask("reports", "get_figure_origin", wanted, m.FigureOrigin)


@router.post("/obligations/{obligation_id}/figures/{figure}", tags=["reports"])
async def correct_figure(ask: Ask, obligation_id: UUID, figure: Figure, by_hand: ByHand) -> m.Draft:
    """Change a figure by hand; the computed one is kept beside it."""
    wanted = m.CorrectFigure(
        obligation_id=obligation_id, figure=figure, value=by_hand.value, reason=by_hand.reason
    )
    return await ask("reports", "correct_figure", wanted, m.Draft)
