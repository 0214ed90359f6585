"""From the parent's answer to the closed remedy, over RPC, on one chain."""

from datetime import datetime
from uuid import UUID, uuid4

from contracts.events.inspections import RemedyClosed
from contracts.rpc import inspections as m
from contracts.rpc import petitions as p
from contracts.rpc.base import PARENT, TraceReply, TraceRequest
from contracts.rpc.duty import Checklist, GetChecklist
from contracts.rpc.remedies import AssignRemedy, CloseRemedy, Remedy
from tests.component.inspections.conftest import Inspections
from tests.support.inspections import HEAD, OFFICER, demand
from tests.support.schools import SCHOOL

WAY = (
    "inspection_proposed",
    "inspection_ordered",
    "inspection_completed",
    "finding_recorded",
    "remedy_assigned",
    "remedy_closed",
)


def walk(inspections: Inspections, inspection_id: UUID, closing: datetime) -> None:
    ask = inspections.rpc.call
    checklist = ask("inspections.get_checklist", GetChecklist(), Checklist, actor=HEAD)
    order = m.OrderInspection(inspection_id=inspection_id, decision_number="05/QĐ-CVG")
    ask("inspections.order_inspection", order, m.InspectionDetail, actor=HEAD)
    checked = tuple(
        m.CheckedItem(item=item.code, met=item.code != "K10") for item in checklist.items
    )
    done = ask(
        "inspections.complete_inspection",
        m.CompleteInspection(inspection_id=inspection_id, results=checked),
        m.InspectionDetail,
        actor=HEAD,
    )
    remedy = ask(
        "inspections.assign_remedy",
        AssignRemedy(finding_id=done.findings[0].finding_id, kind="refund", description="Hoàn"),
        Remedy,
        actor=HEAD,
    )
    inspections.move_clock(closing.year, closing.month, closing.day)
    close = CloseRemedy(remedy_id=remedy.remedy_id, evidence="Biên bản hoàn trả")
    closed = ask("inspections.close_remedy", close, Remedy, actor=HEAD)
    assert (closed.state, closed.late_working_days) == ("closed", 0)


def trace(inspections: Inspections, correlation: UUID) -> TraceReply:
    wanted = TraceRequest(correlation_id=correlation)
    return inspections.rpc.call("inspections.trace", wanted, TraceReply, actor=OFFICER)


def test_from_a_demand_to_the_closed_remedy(inspections: Inspections) -> None:
    at = inspections.move_clock(2024, 3, 4)
    envelope = inspections.surveys.tell(demand(), at=at)
    (one,) = inspections.proposed()
    walk(inspections, one.inspection_id, datetime(2024, 3, 12, tzinfo=at.tzinfo))
    (told,) = inspections.reports.hear(RemedyClosed.name, 1)
    assert told.correlationid == envelope.correlationid
    events = trace(inspections, envelope.correlationid).events
    assert tuple(e.type.removeprefix("inspections.") for e in events) == WAY
    assert [e.causation_id for e in events] == [envelope.id, *(e.id for e in events[:-1])]
    inspections.settled()


def test_from_a_petition_to_the_closed_remedy(inspections: Inspections) -> None:
    at = inspections.move_clock(2024, 3, 4)
    petition = p.SubmitPetition(
        submission_id=uuid4(),
        school=SCHOOL,
        kind="petition",
        about_procedures=True,
        text="Phiếu hẹn không ghi ngày trả (thí dụ)",
    )
    start = uuid4()
    inspections.rpc.call(
        "inspections.submit_petition",
        petition,
        p.PetitionReceipt,
        actor=PARENT,
        correlation_id=start,
    )
    (one,) = [i for i in inspections.listed(HEAD) if i.rule == "petition-about-procedures"]
    assert one.correlation_id == start
    walk(inspections, one.inspection_id, datetime(2024, 3, 12, tzinfo=at.tzinfo))
    events = trace(inspections, start).events
    assert tuple(e.type.removeprefix("inspections.") for e in events) == (
        "petition_received",
        *WAY,
    )
    assert [e.causation_id for e in events] == [None, *(e.id for e in events[:-1])]
