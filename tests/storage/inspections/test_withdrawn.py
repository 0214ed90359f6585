"""What was undone at its source counts no more here; and what anybody may be told."""

from datetime import date
from itertools import permutations
from uuid import UUID, uuid4

import pytest

from contracts.events import Event
from contracts.events.surveys import (
    ImproperDemandWithdrawn,
    ResponseSubmitted,
    ResponsesWithdrawn,
)
from contracts.rpc.base import PARENT
from contracts.rpc.inspections import CompleteInspection
from contracts.rpc.receipts import GetPublicFollowUp, PublicFollowUp
from inspections.application.completing import complete_inspection
from inspections.application.following_up import get_public_follow_up
from messaging import Trace
from tests.storage.inspections.conftest import Room
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


def test_a_withdrawn_report_led_to_nothing_and_the_inspection_waits_for_a_person(
    room: Room,
) -> None:
    batch = Trace.start()
    report = demand(campaign_id=CAMPAIGN)
    room.happen(report, trace=batch)
    room.happen(demand(campaign_id=CAMPAIGN))
    (one,) = room.listed()
    assert one.trigger_count == 2
    gone = ImproperDemandWithdrawn(
        report_id=report.report_id,
        campaign_id=CAMPAIGN,
        school=SCHOOL,
        concerns_head=False,
        withdrawn_on=DAY,
    )
    room.happen(gone, trace=batch)
    (one,) = room.listed()
    assert (one.state, one.trigger_count) == ("proposed", 1)
    (share,) = room.detail(one).shares
    assert share.reports == 1


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
