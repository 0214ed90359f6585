"""What was undone at its source counts no more here; and what anybody may be told."""

from datetime import date
from itertools import permutations
from uuid import UUID, uuid4

import pytest

from contracts.events import Event
from contracts.events.surveys import (
    ImproperDemandReported,
    ImproperDemandWithdrawn,
    ResponseSubmitted,
    ResponsesWithdrawn,
)
from contracts.rpc.base import PARENT
from contracts.rpc.inspections import CompleteInspection, DismissInspection
from contracts.rpc.receipts import GetPublicFollowUp, PublicFollowUp
from inspections.application.completing import complete_inspection
from inspections.application.following_up import get_public_follow_up
from inspections.application.inspecting import dismiss_inspection
from messaging import Trace
from tests.storage.inspections.conftest import Room, at_once
from tests.support.inspections import OFFICER, campaign_closed, demand, results
from tests.support.schools import SCHOOL

CAMPAIGN = uuid4()
DAY = date(2024, 3, 5)


def answer() -> ResponseSubmitted:
    return ResponseSubmitted(
        campaign_id=CAMPAIGN, school=SCHOOL, form="tthc", source="paper", day=DAY
    )


def withdrawn(answers: int) -> ResponsesWithdrawn:
    return ResponsesWithdrawn(
        campaign_id=CAMPAIGN, school=SCHOOL, form="tthc", source="paper", day=DAY, answers=answers
    )


def follow_up(room: Room, campaign_id: UUID = CAMPAIGN) -> PublicFollowUp:
    return room.ask(get_public_follow_up, GetPublicFollowUp(campaign_id=campaign_id), PARENT)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_undone_answers_are_counted_no_more_in_whatever_order(
    room: Room, order: tuple[int, ...]
) -> None:
    told: list[list[Event]] = [[answer()] * 5, [withdrawn(4)], [answer()]]
    for place in order:
        room.happen(*told[place])
    room.happen(demand(campaign_id=CAMPAIGN))
    (share,) = room.detail(room.listed()[0]).shares
    assert (share.reports, share.answers) == (1, 2)


def test_less_than_none_is_none(room: Room) -> None:
    room.happen(withdrawn(4))
    room.happen(demand(campaign_id=CAMPAIGN))
    (share,) = room.detail(room.listed()[0]).shares
    assert share.answers == 0


def gone(report: ImproperDemandReported) -> ImproperDemandWithdrawn:
    return ImproperDemandWithdrawn(
        report_id=report.report_id,
        campaign_id=report.campaign_id,
        school=SCHOOL,
        concerns_head=report.concerns_head,
        withdrawn_on=DAY,
    )


def test_a_withdrawn_report_counts_no_more_and_the_inspection_waits_for_a_person(
    room: Room,
) -> None:
    batch = Trace.start()
    report = demand(campaign_id=CAMPAIGN)
    room.happen(report, trace=batch)
    room.happen(demand(campaign_id=CAMPAIGN))
    (one,) = room.listed()
    assert one.trigger_count == 2
    room.happen(gone(report), trace=batch)
    (one,) = room.listed()
    assert (one.state, one.trigger_count) == ("proposed", 1)
    detail = room.detail(one)
    assert [trigger.withdrawn_on for trigger in detail.triggers] == [DAY, None], "it is still told"
    (share,) = detail.shares
    assert share.reports == 1


def withdrawn_alone(room: Room) -> None:
    """The one report is withdrawn, and what it led to is there all the same."""
    (one,) = room.listed()
    assert (one.state, one.trigger_count) == ("proposed", 0)
    detail = room.detail(one)
    assert [trigger.withdrawn_on for trigger in detail.triggers] == [DAY]
    assert detail.shares == ()
    assert follow_up(room).inspected_on == ()


@pytest.mark.parametrize("withdrawn_first", [False, True])
def test_undoing_makes_no_proposal_vanish_in_whatever_order(
    room: Room, *, withdrawn_first: bool
) -> None:
    batch, report = Trace.start(), demand(campaign_id=CAMPAIGN)
    told: list[Event] = [report, gone(report)]
    for event in reversed(told) if withdrawn_first else told:
        room.happen(event, trace=batch)
    withdrawn_alone(room)
    (one,) = room.listed()
    wanted = DismissInspection(inspection_id=one.inspection_id, reason="Nhập nhầm đợt (thí dụ)")
    dismissed = room.ask(dismiss_inspection, wanted)
    assert dismissed.state == "dismissed", "a person may drop it, with a reason"


def test_a_report_and_its_withdrawal_may_come_at_once(room: Room) -> None:
    batch, report = Trace.start(), demand(campaign_id=CAMPAIGN)
    came = at_once(
        lambda: room.happen(report, trace=batch),
        lambda: room.happen(gone(report), trace=batch),
    )
    assert not [one for one in came if isinstance(one, Exception)]
    withdrawn_alone(room)


def test_another_report_of_an_undone_batch_may_come_last(room: Room) -> None:
    batch = Trace.start()
    first, second = demand(campaign_id=CAMPAIGN), demand(campaign_id=CAMPAIGN)
    for event in (first, gone(first), gone(second), second):
        room.happen(event, trace=batch)
    (one,) = room.listed()
    assert one.trigger_count == 0
    assert len(room.detail(one).triggers) == 2


def test_anybody_is_told_of_a_task_and_of_an_inspection_that_is_over(room: Room) -> None:
    room.happen(demand(campaign_id=CAMPAIGN))
    room.happen(campaign_closed(campaign_id=CAMPAIGN))
    told = follow_up(room)
    assert [task.state for task in told.tasks] == ["open"]
    assert told.inspected_on == (), "a surprise stays one, and nobody learns of the report"
    (one,) = room.listed()
    room.order(one)
    assert follow_up(room).inspected_on == ()
    wanted = CompleteInspection(inspection_id=one.inspection_id, results=results())
    room.ask(complete_inspection, wanted)
    assert follow_up(room).inspected_on == (date(2024, 3, 4),)
    assert follow_up(room, uuid4()) == PublicFollowUp(tasks=(), inspected_on=())


def test_what_concerns_the_head_is_told_to_nobody(room: Room) -> None:
    room.happen(demand(campaign_id=CAMPAIGN, concerns_head=True))
    (one,) = room.listed(OFFICER)
    room.order(one, OFFICER)
    wanted = CompleteInspection(inspection_id=one.inspection_id, results=results())
    room.ask(complete_inspection, wanted, OFFICER)
    assert follow_up(room).inspected_on == ()
