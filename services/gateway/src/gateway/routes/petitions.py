"""Petitions and suggestions: from anybody, and for the staff that answers them."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import petitions as m
from contracts.written import Said
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")


class Answer(Model):
    """What the sender will read."""

    text: Said


@router.post("/public/petitions", tags=["public"], status_code=201)
async def submit_petition(ask: Ask, new: m.SubmitPetition) -> m.PetitionReceipt:
    """Tell a school something; the receipt lets the sender read what became of it.

    The same `submission_id` with the same words is the same petition, and the same receipt.
    """
    return await ask.anonymous("inspections", "submit_petition", new, m.PetitionReceipt)


@router.get("/public/petitions/{receipt}", tags=["public"])
async def get_public_petition(
    ask: Ask, receipt: Annotated[str, Path(max_length=40)]
) -> m.PublicPetition:
    """What became of a petition: its state and its answer, not its text."""
    wanted = m.GetPublicPetition(receipt=receipt)
    return await ask("inspections", "get_public_petition", wanted, m.PublicPetition)


@router.get("/petitions", tags=["petitions"])
async def list_petitions(
    ask: Ask,
    school: Annotated[SchoolCode | None, Query()] = None,
    state: m.PetitionState | None = None,
) -> m.Petitions:
    """The petitions in scope, those due first at the top."""
    wanted = m.ListPetitions(school=school, state=state)
    return await ask("inspections", "list_petitions", wanted, m.Petitions)


@router.post("/petitions", tags=["petitions"], status_code=201)
async def receive_petition(ask: Ask, new: m.ReceivePetition) -> m.Petition:
    """Enter what staff were told."""
    return await ask("inspections", "receive_petition", new, m.Petition)


@router.post("/petitions/{petition_id}/answer", tags=["petitions"])
async def answer_petition(ask: Ask, petition_id: UUID, answer: Answer) -> m.Petition:
    """Answer a petition."""
    wanted = m.AnswerPetition(petition_id=petition_id, text=answer.text)
    return await ask("inspections", "answer_petition", wanted, m.Petition)
