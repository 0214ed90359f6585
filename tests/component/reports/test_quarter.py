"""A quarter of obligations, through RPC and events alone."""

from datetime import date
from uuid import uuid4

import pytest

from contracts.events.reports import (
    ObligationCreated,
    ObligationDueSoon,
    ObligationOverdue,
    ReportSubmitted,
)
from contracts.problems import Problem
from contracts.rpc import obligations as m
from contracts.rpc.base import Actor, Empty, Ping, TraceReply, TraceRequest
from tests.component.reports.conftest import Reports
from tests.support.eventually import eventually
from tests.support.reports import OTHER, answered, closed, opened
from tests.support.schools import SCHOOL, registered

HEAD = Actor(role="principal", display_name="Hiệu trưởng (mẫu)", schools=(SCHOOL,))
OFFICER = Actor(role="district_officer", display_name="Chuyên viên (mẫu)", schools=(SCHOOL,))
PARTS = (1, 2, 3, 4, 5, 6)
STRANGER = Actor(role="principal", schools=(OTHER,))


def test_a_registered_school_owes_reports_until_it_sends_them(reports: Reports) -> None:
    reports.hear(registered())
    reports.wait_for(16)
    (quarter,) = reports.listed(kind="periodic", period="2024-q1")
    assert (quarter.due_on, quarter.state, quarter.working_days_left) == (
        date(2024, 3, 18),
        "upcoming",
        11,
    )
    assert [step.code for step in quarter.deadline.steps] == [
        "cut_off",
        "named_by",
        "moved_from",
        "moved_from",
    ]
    assert "16/03/2024" in quarter.deadline.steps[2].words.vi

    # Two weeks and a half in one jump: everything in between happened, once, on its day.
    reports.move_clock(2024, 3, 20)
    (overdue,) = reports.wait_for(1, kind="periodic", state="overdue")
    assert (overdue.obligation_id, overdue.working_days_left) == (quarter.obligation_id, -2)
    due_soon = reports.told(ObligationDueSoon.name, quarter.obligation_id)
    left = [data["working_days_left"] for data, _ in due_soon]  # type: ignore[index]
    assert left == [7, 3, 1, 0]
    (told,) = reports.told(ObligationOverdue.name, quarter.obligation_id)
    assert str(told[1]).startswith("2024-03-18 17:00:00+00")  # midnight in Vietnam

    send = m.SubmitReport(obligation_id=quarter.obligation_id, note="Gửi bổ sung", holds=PARTS)
    with pytest.raises(Problem) as refused:
        reports.command("submit_report", STRANGER, send)
    assert refused.value.code == "resource.not_found"
    done = reports.command("submit_report", HEAD, send)
    assert (done.state, done.late_working_days) == ("submitted_late", 2)
    with pytest.raises(Problem) as refused:
        reports.command("submit_report", HEAD, send)
    assert refused.value.code == "reports.already_submitted"
    assert len(reports.told(ReportSubmitted.name, quarter.obligation_id)) == 1

    why = m.ReturnReport(obligation_id=quarter.obligation_id, reason="Thiếu biểu số 2")
    reports.command("return_report", OFFICER, why)
    again = reports.command("submit_report", HEAD, send)
    assert (again.state, again.submissions, again.late_working_days) == ("resubmitted", 2, 2)
    take = m.ReceiveReport(obligation_id=quarter.obligation_id)
    assert reports.command("receive_report", OFFICER, take).state == "received"
    steps = [entry.what for entry in reports.detail(quarter).history]
    assert steps == [
        "created",
        *["due_soon"] * 4,
        "overdue",
        "submitted",
        "returned",
        "submitted",
        "received",
    ]

    ask = TraceRequest(correlation_id=again.correlation_id)
    chain = reports.rpc.call("reports.trace", ask, TraceReply, actor=HEAD).events
    assert (chain[0].type, chain[-1].type) == (ObligationCreated.name, "reports.report_received")
    assert [event.causation_id for event in chain[1:]] == [event.id for event in chain[:-1]]
    assert reports.rpc.call("reports.trace", ask, TraceReply, actor=STRANGER).events == ()
    assert "biểu" not in str(chain)


def test_surveys_events_become_the_districts_overview(reports: Reports) -> None:
    campaign = uuid4()
    reports.hear(registered(), opened(campaign), *[answered(campaign)] * 25)

    def live() -> bool:
        tthc = reports.row().tthc
        return tthc is not None and tthc.responses == 25

    eventually(lambda: reports.overview().schools, timeout=30)
    eventually(live, timeout=30)
    reports.hear(closed(campaign))

    def final() -> bool:
        tthc = reports.row().tthc
        return tthc is not None and tthc.state == "closed"

    eventually(final, timeout=30)
    seen = reports.overview()
    tthc = seen.schools[0].tthc
    assert seen.period is not None
    assert seen.period.key == "2024-q1"
    assert tthc is not None
    assert (tthc.percent, tthc.verdict, tthc.conclusive) == (95.0, "met", False)
    assert seen.tthc is not None
    assert seen.tthc.valid == 120
    assert reports.overview(STRANGER).schools == ()


def test_timeliness_is_scraped_over_http(reports: Reports) -> None:
    reports.hear(registered())
    reports.wait_for(16)
    reports.move_clock(2024, 3, 20)
    reports.wait_for(2, state="overdue")
    labels = f'{{kind="periodic",school="{SCHOOL}"'
    overdue = f'kipthoi_obligations{labels},state="overdue"}}'
    eventually(lambda: reports.metric(overdue) == 1, timeout=20)
    assert reports.metric(f"kipthoi_obligation_working_days_left{labels}") == 60
    assert reports.metric('kipthoi_reports_on_time_ratio{kind="periodic"}') == 0
    assert reports.metric("kipthoi_business_time_seconds") == pytest.approx(
        reports.now.timestamp(), abs=120
    )
    (owed,) = reports.listed(kind="periodic", state="overdue")
    reports.command(
        "submit_report", HEAD, m.SubmitReport(obligation_id=owed.obligation_id, holds=PARTS)
    )
    late = f'kipthoi_obligations{labels},state="submitted_late"}}'
    eventually(lambda: reports.metric(late) == 1, timeout=20)
    assert reports.metric('kipthoi_report_lateness_working_days_sum{kind="periodic"}') == 2
    assert reports.metric(f"kipthoi_report_submitted_timestamp_seconds{labels}") is not None


def test_a_restart_changes_nothing(reports: Reports) -> None:
    reports.hear(registered())
    reports.wait_for(16)
    reports.move_clock(2024, 3, 8)
    (before,) = reports.wait_for(1, kind="periodic", state="due_soon")
    assert reports.process.stop() == 0
    reports.move_clock(2024, 3, 25)  # the deadline passed while it was down
    reports.process.start()
    (after,) = reports.wait_for(1, kind="periodic", state="overdue")
    assert after.obligation_id == before.obligation_id
    assert len(reports.told(ObligationDueSoon.name, after.obligation_id)) == 4
    assert len(reports.told(ObligationOverdue.name, after.obligation_id)) == 1
    assert len(reports.listed(period="2024-q1")) == 2
    assert reports.rpc.call("reports.ping", Ping(), Empty) == Empty()


def test_wrong_requests_get_a_code_and_the_service_stays_up(reports: Reports) -> None:
    context = {"actor": OFFICER.model_dump(mode="json"), "correlation_id": str(uuid4())}
    wrong: tuple[object, ...] = ({}, {"obligation_id": "x"}, {"obligation_id": None}, [])
    for request in wrong:
        answer = reports.rpc.raw("reports.return_report", context, request)["result"]
        assert answer["problem"]["code"] == "request.invalid"
    unknown = m.GetObligation(obligation_id=uuid4())
    with pytest.raises(Problem) as refused:
        reports.rpc.call("reports.get_obligation", unknown, m.ObligationDetail)
    assert refused.value.code == "resource.not_found"
    assert reports.rpc.call("reports.list_kinds", m.ListKinds(), m.Kinds).items[0].code == (
        "periodic"
    )
