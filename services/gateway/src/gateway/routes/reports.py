"""Obligations, deadlines, submissions; the district's overview and a school's figures."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc.preparing import Holds
from contracts.written import Sentence
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")

School = Annotated[SchoolCode | None, Query()]
KindCode = Annotated[str | None, Query(max_length=40, examples=["cchc_result"])]
Period = Annotated[str | None, Query(max_length=20, examples=["2024-q1"])]


class Remark(Model):
    """What the sender says: a note, and the numbers of the checklist's parts that it holds.

    Parts that the report's document says need not be named.
    """

    note: o.Note = ""
    holds: Holds = ()


class Reason(Model):
    """Why."""

    reason: Sentence


@router.get("/kinds", tags=["reports"])
async def list_kinds(ask: Ask) -> o.Kinds:
    """The kinds of report in force: periods, deadlines, recipients, legal basis."""
    return await ask("reports", "list_kinds", o.ListKinds(), o.Kinds)


@router.get("/obligations", tags=["reports"])
async def list_obligations(
    ask: Ask,
    school: School = None,
    state: o.ObligationState | None = None,
    kind: KindCode = None,
    period: Period = None,
) -> o.Obligations:
    """What schools owe or owed, the earliest deadline first, each deadline explained."""
    wanted = o.ListObligations(school=school, state=state, kind=kind, period=period)
    return await ask("reports", "list_obligations", wanted, o.Obligations)


@router.get("/obligations/{obligation_id}", tags=["reports"])
async def get_obligation(ask: Ask, obligation_id: UUID) -> o.ObligationDetail:
    """One obligation with its submissions, former deadlines and history."""
    wanted = o.GetObligation(obligation_id=obligation_id)
    return await ask("reports", "get_obligation", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/submit", tags=["reports"])
async def submit_report(
    ask: Ask, obligation_id: UUID, said: Remark | None = None
) -> o.ObligationDetail:
    """Submit the report now; on time or late follows from the day, incomplete is refused."""
    said = said or Remark()
    wanted = o.SubmitReport(obligation_id=obligation_id, note=said.note, holds=said.holds)
    return await ask("reports", "submit_report", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/receive", tags=["reports"])
async def receive_report(ask: Ask, obligation_id: UUID) -> o.ObligationDetail:
    """Take a submitted report."""
    wanted = o.ReceiveReport(obligation_id=obligation_id)
    return await ask("reports", "receive_report", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/return", tags=["reports"])
async def return_report(ask: Ask, obligation_id: UUID, why: Reason) -> o.ObligationDetail:
    """Give a submitted report back; its first submission counts on."""
    wanted = o.ReturnReport(obligation_id=obligation_id, reason=why.reason)
    return await ask("reports", "return_report", wanted, o.ObligationDetail)


@router.post("/obligations/{obligation_id}/exempt", tags=["reports"])
async def exempt_obligation(ask: Ask, obligation_id: UUID, why: Reason) -> o.ObligationDetail:
    """Exempt the school from a report that is not submitted."""
    wanted = o.ExemptObligation(obligation_id=obligation_id, reason=why.reason)
    return await ask("reports", "exempt_obligation", wanted, o.ObligationDetail)


@router.get("/overview", tags=["reports"])
async def get_overview(ask: Ask, period: Period = None) -> f.Overview:
    """What is overdue, the share on time by kind, a row per school in scope."""
    return await ask("reports", "get_overview", f.GetOverview(period=period), f.Overview)


@router.get("/schools/{school}/figures", tags=["reports"])
async def get_figures(ask: Ask, school: SchoolCode) -> f.Figures:
    """One school's figures, as of today and period by period."""
    return await ask("reports", "get_figures", f.GetFigures(school=school), f.Figures)
