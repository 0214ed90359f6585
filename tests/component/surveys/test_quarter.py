"""A quarter of one school, through RPC and events alone."""

from datetime import date
from uuid import uuid4

import pytest

from chassis.clock import local_day
from contracts.events.surveys import (
    CampaignClosed,
    CampaignOpened,
    ImproperDemandReported,
    ResponseSubmitted,
)
from contracts.problems import Problem
from contracts.rpc import surveys as m
from contracts.rpc.base import PARENT, Actor, Empty, Ping, TraceReply, TraceRequest
from surveys.domain.campaigns import start_of
from tests.component.surveys.conftest import Surveys
from tests.support.schools import SCHOOL
from tests.support.surveys import submission

HEAD = Actor(role="principal", schools=(SCHOOL,))
OFFICER = Actor(role="district_officer", schools=(SCHOOL,))


def submit(surveys: Surveys, *items: m.Submission) -> tuple[m.Outcome, ...]:
    request = m.SubmitResponses(items=items)
    return surveys.rpc.call("surveys.submit_responses", request, m.Outcomes, actor=PARENT).items


def test_a_quarter(surveys: Surveys) -> None:
    surveys.register(SCHOOL, surveys.move_clock(2024, 1, 10))
    surveys.wait_for("planned", 2)

    surveys.move_clock(2024, 3, 1)
    tthc = next(c for c in surveys.wait_for("open", 2) if c.form == "tthc")
    opened = surveys.reports.hear(CampaignOpened.name, 2)
    assert {e.time for e in opened} == {start_of(date(2024, 3, 1))}
    events = [CampaignOpened.model_validate(e.data) for e in opened]
    assert {(e.form, e.opens_on, e.closes_on, e.target_percent) for e in events} == {
        (form, date(2024, 3, 1), date(2024, 3, 14), 95) for form in ("tthc", "care")
    }

    asked = m.GetPublicCampaign(slug=tthc.slug)
    public = surveys.rpc.call("surveys.get_public_campaign", asked, m.PublicCampaign, actor=PARENT)
    assert (public.school_title, public.state) == ("Trường Mầm non Hoa Cúc (thí dụ)", "open")
    assert public.form.overall == "F"

    sent = [submission(tthc.slug, answers={"P": "yes", "F": 5 - n % 3}) for n in range(30)]
    demand = {"kind": "fee", "what": "Chuyện riêng của tôi", "when": "hôm qua"}
    about_fee = submission(tthc.slug, answers={"P": "no"}, demand=demand)
    refused = submission(tthc.slug, answers={"F": "nhiều"})
    outcomes = submit(surveys, *sent, about_fee, refused)
    assert [o.status for o in outcomes] == ["stored"] * 31 + ["refused"]
    assert [o.receipt for o in submit(surveys, *sent)] == [o.receipt for o in outcomes[:30]]

    told = surveys.reports.hear(ResponseSubmitted.name, 31)
    assert len(told) == 31
    assert {e.correlationid for e in told} == {s.correlation_id for s in (*sent, about_fee)}
    answer = ResponseSubmitted.model_validate(told[0].data)
    assert (answer.campaign_id, answer.school, answer.source) == (tthc.campaign_id, SCHOOL, "web")
    (reported,) = surveys.reports.hear(ImproperDemandReported.name, 1)
    assert ImproperDemandReported.model_validate(reported.data).demand == "fee"
    assert reported.correlationid == about_fee.correlation_id
    assert all("riêng" not in str(e.data) for e in surveys.reports.heard)

    handed = m.UpdateCampaign(campaign_id=tthc.campaign_id, handed_out=62)
    shown = surveys.rpc.call("surveys.update_campaign", handed, m.CampaignDetail, actor=HEAD)
    assert (shown.responses, shown.standing, shown.results) == (31, None, None)

    surveys.move_clock(2024, 3, 15, hour=0)
    surveys.wait_for("closed", 2)
    closed = surveys.reports.hear(CampaignClosed.name, 2)
    assert {e.time for e in closed} == {start_of(date(2024, 3, 15))}
    (result,) = [
        event
        for e in closed
        if (event := CampaignClosed.model_validate(e.data)).campaign_id == tthc.campaign_id
    ]
    assert (result.responses, result.valid, result.satisfied) == (31, 30, 20)
    assert (result.verdict, result.conclusive, result.handed_out) == ("not_met", True, 62)
    assert result.closed_on == date(2024, 3, 15)

    wanted = m.GetCampaign(campaign_id=tthc.campaign_id)
    final = surveys.rpc.call("surveys.get_campaign", wanted, m.CampaignDetail, actor=HEAD)
    assert final.standing is not None
    assert final.standing.response_percent == 50
    late = submit(surveys, submission(tthc.slug))[0].problem
    assert late is not None
    assert (late.code, late.params) == ("surveys.campaign_closed", {"closed_on": "2024-03-15"})


def test_a_clock_that_jumps_months_misses_nothing(surveys: Surveys) -> None:
    surveys.register(SCHOOL, surveys.move_clock(2024, 1, 10))
    surveys.wait_for("planned", 2)
    surveys.move_clock(2024, 10, 1)
    surveys.wait_for("closed", 2, "2024-q3")
    opened = surveys.reports.hear(CampaignOpened.name, 6)
    closed = surveys.reports.hear(CampaignClosed.name, 6)
    assert sorted({local_day(e.time) for e in opened}) == [
        date(2024, 3, 1),
        date(2024, 5, 20),
        date(2024, 9, 5),
    ]
    assert sorted({local_day(e.time) for e in closed}) == [
        date(2024, 3, 15),
        date(2024, 6, 1),
        date(2024, 9, 15),
    ]
    verdicts = {CampaignClosed.model_validate(e.data).verdict for e in closed}
    assert verdicts == {"no_answers"}


def test_staff_commands_and_their_limits(surveys: Surveys) -> None:
    surveys.register(SCHOOL, surveys.move_clock(2024, 1, 10))
    surveys.wait_for("planned", 2)
    extra = m.CreateCampaign(
        school=SCHOOL,
        form="care",
        opens_on=date(2024, 1, 10),
        closes_on=date(2024, 1, 20),
        legal_basis="Kế hoạch số 12/KH-GDĐT",
    )
    made = surveys.rpc.call("surveys.create_campaign", extra, m.CampaignDetail, actor=OFFICER)
    assert made.origin == "extra"
    surveys.wait_for("open", 1, made.period.key)
    foreign = extra.model_copy(update={"school": "con-thuyen-la"})
    backwards = extra.model_copy(update={"closes_on": date(2024, 1, 9)})
    long_ago = extra.model_copy(update={"opens_on": date(2000, 1, 1)})
    for_years = extra.model_copy(update={"closes_on": date(2099, 12, 31)})
    for wrong, code in (
        (foreign, "surveys.unknown_school"),
        (backwards, "surveys.wrong_dates"),
        (long_ago, "surveys.wrong_dates"),
        (for_years, "surveys.wrong_dates"),
    ):
        with pytest.raises(Problem) as refused:
            surveys.rpc.call("surveys.create_campaign", wrong, m.CampaignDetail, actor=OFFICER)
        assert refused.value.code == code

    demand = {"what": "Chuyện về người đứng đầu", "concerns_head": True}
    sent = submission(made.slug, answers={"Q23": 2}, demand=demand)
    submit(surveys, sent)
    wanted = m.ListDemands()
    assert surveys.rpc.call("surveys.list_demands", wanted, m.Demands, actor=HEAD).items == ()
    (report,) = surveys.rpc.call("surveys.list_demands", wanted, m.Demands, actor=OFFICER).items
    reading = m.GetDemand(report_id=report.report_id)
    read = surveys.rpc.call("surveys.get_demand", reading, m.DemandDetail, actor=OFFICER)
    assert read.what == "Chuyện về người đứng đầu"

    chain = TraceRequest(correlation_id=sent.correlation_id)
    seen = surveys.rpc.call("surveys.trace", chain, TraceReply, actor=OFFICER).events
    assert [e.type for e in seen] == [ResponseSubmitted.name, ImproperDemandReported.name]
    stranger = Actor(role="district_officer", schools=("con-thuyen-la",))
    assert surveys.rpc.call("surveys.trace", chain, TraceReply, actor=stranger).events == ()

    closing = m.CloseCampaign(campaign_id=made.campaign_id, reason="Đủ phiếu")
    closed = surveys.rpc.call("surveys.close_campaign", closing, m.CampaignDetail, actor=OFFICER)
    assert (closed.state, closed.closed_on, closed.responses) == ("closed", date(2024, 1, 10), 1)
    with pytest.raises(Problem, match=r"surveys\.campaign_closed"):
        surveys.rpc.call("surveys.close_campaign", closing, m.CampaignDetail, actor=OFFICER)


def test_bad_requests_leave_the_service_up(surveys: Surveys) -> None:
    context = {"actor": {"role": "parent"}, "correlation_id": str(uuid4())}
    for method, request in (
        ("submit_responses", {"items": []}),
        ("submit_responses", {"items": [{"slug": 1}]}),
        ("submit_responses", {"items": "x" * 100_000}),
        ("get_campaign", {"campaign_id": "no"}),
        ("create_campaign", {}),
    ):
        reply = surveys.rpc.raw(f"surveys.{method}", context, request)
        assert reply["result"]["problem"]["code"] == "request.invalid", method
    unknown = m.GetPublicCampaign(slug="\x00 or 1=1")
    with pytest.raises(Problem, match=r"surveys\.unknown_campaign"):
        surveys.rpc.call("surveys.get_public_campaign", unknown, m.PublicCampaign, actor=PARENT)
    surveys.rpc.call("surveys.ping", Ping(), Empty)
    assert surveys.process.get("/health/ready").json()["ready"]


def test_metrics_are_told(surveys: Surveys) -> None:
    surveys.register(SCHOOL, surveys.move_clock(2024, 3, 4))
    tthc = next(c for c in surveys.wait_for("open", 2) if c.form == "tthc")
    one = submission(tthc.slug)
    submit(surveys, one, submission(tthc.slug, answers={"F": 9}))
    submit(surveys, one)
    text = surveys.process.get("/metrics").text
    assert 'kipthoi_responses_stored_total{form="tthc",source="web"} 1.0' in text
    assert "kipthoi_responses_repeated_total 1.0" in text
    assert 'kipthoi_responses_refused_total{code="surveys.answers_invalid"} 1.0' in text
    assert "kipthoi_campaigns{" in text
