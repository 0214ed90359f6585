"""Inspections, findings and remedies, for staff."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from contracts.events.inspections import RemedyKind
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import duty as d
from contracts.rpc import inspections as m
from contracts.rpc import remedies as r
from contracts.written import Said, Short
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")

School = Annotated[SchoolCode | None, Query()]


class Order(Model):
    """The decision that orders a check; its number may be given later by the office."""

    decision_number: Short | None = None


class Dismissal(Model):
    """Why there is no check."""

    reason: Said


class Results(Model):
    """What was found, item by item; an item that was not looked at is left out."""

    results: tuple[m.CheckedItem, ...] = Field(min_length=1, max_length=100)


class NewRemedy(Model):
    """What is done about a finding."""

    kind: RemedyKind
    description: Said


class Closing(Model):
    """What shows that a remedy is done; Mức 3 asks for a written explanation as well."""

    evidence: Said
    explanation: Said | None = None


@router.get("/inspections", tags=["inspections"])
async def list_inspections(
    ask: Ask, school: School = None, state: m.InspectionState | None = None
) -> m.Inspections:
    """The inspections in scope, newest first. What concerns a head is hidden from the school."""
    wanted = m.ListInspections(school=school, state=state)
    return await ask("inspections", "list_inspections", wanted, m.Inspections)


@router.post("/inspections", tags=["inspections"], status_code=201)
async def create_inspection(ask: Ask, new: m.CreateInspection) -> m.InspectionDetail:
    """Propose a surprise or planned inspection by hand."""
    return await ask("inspections", "create_inspection", new, m.InspectionDetail)


@router.get("/inspections/{inspection_id}", tags=["inspections"])
async def get_inspection(ask: Ask, inspection_id: UUID) -> m.InspectionDetail:
    """One inspection: what led to it, what was found, its remedies and its history."""
    wanted = m.GetInspection(inspection_id=inspection_id)
    return await ask("inspections", "get_inspection", wanted, m.InspectionDetail)


@router.post("/inspections/{inspection_id}/order", tags=["inspections"])
async def order_inspection(ask: Ask, inspection_id: UUID, order: Order) -> m.InspectionDetail:
    """Decide that it takes place."""
    wanted = m.OrderInspection(inspection_id=inspection_id, decision_number=order.decision_number)
    return await ask("inspections", "order_inspection", wanted, m.InspectionDetail)


@router.post("/inspections/{inspection_id}/dismiss", tags=["inspections"])
async def dismiss_inspection(
    ask: Ask, inspection_id: UUID, dismissal: Dismissal
) -> m.InspectionDetail:
    """Decide, with a reason, against it."""
    wanted = m.DismissInspection(inspection_id=inspection_id, reason=dismissal.reason)
    return await ask("inspections", "dismiss_inspection", wanted, m.InspectionDetail)


@router.post("/inspections/{inspection_id}/complete", tags=["inspections"])
async def complete_inspection(ask: Ask, inspection_id: UUID, found: Results) -> m.InspectionDetail:
    """Carry it out: what was not met becomes a finding."""
    wanted = m.CompleteInspection(inspection_id=inspection_id, results=found.results)
    return await ask("inspections", "complete_inspection", wanted, m.InspectionDetail)


@router.get("/checklist", tags=["inspections"])
async def get_checklist(ask: Ask) -> d.Checklist:
    """Today's checklist, severities and kinds of remedies."""
    return await ask("inspections", "get_checklist", d.GetChecklist(), d.Checklist)


@router.get("/duty-ratio", tags=["inspections"])
async def get_duty_ratio(
    ask: Ask, year: Annotated[int | None, Query(ge=2000, le=2200)] = None
) -> d.DutyRatios:
    """Surprise checks ÷ finished months of each school in scope, with the empty months."""
    return await ask("inspections", "get_duty_ratio", d.GetDutyRatio(year=year), d.DutyRatios)


@router.post("/findings/{finding_id}/remedies", tags=["inspections"], status_code=201)
async def assign_remedy(ask: Ask, finding_id: UUID, new: NewRemedy) -> r.Remedy:
    """Say what is done about a finding; its severity gives the due date."""
    wanted = r.AssignRemedy(finding_id=finding_id, kind=new.kind, description=new.description)
    return await ask("inspections", "assign_remedy", wanted, r.Remedy)


@router.get("/remedies", tags=["inspections"])
async def list_remedies(
    ask: Ask, school: School = None, state: r.RemedyState | None = None
) -> r.Remedies:
    """The remedies in scope, those due first at the top."""
    wanted = r.ListRemedies(school=school, state=state)
    return await ask("inspections", "list_remedies", wanted, r.Remedies)


@router.post("/remedies/{remedy_id}/close", tags=["inspections"])
async def close_remedy(ask: Ask, remedy_id: UUID, closing: Closing) -> r.Remedy:
    """Close a remedy with its evidence."""
    wanted = r.CloseRemedy(
        remedy_id=remedy_id, evidence=closing.evidence, explanation=closing.explanation
    )
    return await ask("inspections", "close_remedy", wanted, r.Remedy)
