from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.events import Event
from contracts.events import inspections as i
from contracts.events.surveys import (
    ImproperDemandReported,
    ImproperDemandWithdrawn,
    ResponsesWithdrawn,
)
from contracts.problems import Problem
from contracts.rpc import figures as m
from contracts.rpc.base import Actor
from tests.storage.reports.conftest import OFFICER, Room
from tests.support.reports import OTHER, Q1, answered, closed, opened
from tests.support.schools import SCHOOL, registered

HEAD = Actor(role="principal", schools=(SCHOOL,))
INSPECTION, FINDING, REMEDY = uuid4(), uuid4(), uuid4()
DAY = date(2024, 3, 6)


def inspection(handled_at: i.HandledAt = "school") -> list[Event]:
    """One inspection from its proposal to a closed remedy, as inspections tells it."""
    base: dict[str, Any] = {"inspection_id": INSPECTION, "school": SCHOOL}
    remedy: dict[str, Any] = {"remedy_id": REMEDY, "finding_id": FINDING, "school": SCHOOL}
    return [
        i.InspectionProposed(
            **base,
            kind="triggered",
            rule="demand",
            trigger_event_id=None,
            handled_at=handled_at,
            proposed_on=DAY,
            order_due_on=DAY,
            version=1,
        ),
        i.InspectionOrdered(**base, kind="triggered", ordered_on=DAY, version=2),
        i.InspectionCompleted(
            **base, kind="triggered", completed_on=DAY, checked=16, failed=1, version=3
        ),
        i.FindingRecorded(**base, finding_id=FINDING, item="K10", severity=2, found_on=DAY),
        i.RemedyAssigned(**remedy, kind="refund", severity=2, due_on=DAY, version=1),
        i.RemedyOverdue(**remedy, due_on=DAY, version=2),
        i.RemedyClosed(
            **remedy, due_on=DAY, closed_on=date(2024, 3, 8), late_working_days=2, version=3
        ),
    ]


def row(room: Room, actor: Actor = OFFICER) -> m.SchoolRow:
    (one,) = room.overview(actor).schools
    return one


def test_the_state_of_a_matter_in_whatever_order_its_events_come(room: Room) -> None:
    told = inspection()
    for order in [told, told[::-1], *list(permutations(told[:3]))[1:]]:
        with room.engine.begin() as connection:
            connection.exec_driver_sql("TRUNCATE matters")
        room.hear(*order, *told)
        seen = row(room)
        assert (seen.inspections.completed, seen.inspections.proposed) == (1, 0)
        assert (seen.findings, seen.remedies.closed, seen.remedies.overdue) == (1, 1, 0)
        assert row(room, HEAD) == seen


def test_each_step_of_an_inspection_is_seen(room: Room) -> None:
    states = []
    for event in inspection():
        room.hear(event)
        seen = row(room)
        counts = {**seen.inspections.model_dump(), **seen.remedies.model_dump()}
        states.append({name for name, number in counts.items() if number})
    assert states == [
        {"proposed"},
        {"ordered"},
        {"completed"},
        {"completed"},
        {"completed", "open"},
        {"completed", "overdue"},
        {"completed", "closed"},
    ]


def test_what_concerns_the_head_is_counted_above_alone(room: Room) -> None:
    room.hear(*inspection("superior"))
    demand = ImproperDemandReported(
        report_id=uuid4(),
        campaign_id=uuid4(),
        school=SCHOOL,
        form="tthc",
        demand="fee",
        concerns_head=True,
        day=DAY,
    )
    room.hear(demand)
    above, inside = row(room), row(room, HEAD)
    assert (above.inspections.completed, above.findings, above.remedies.closed) == (1, 1, 1)
    assert (inside.inspections.completed, inside.findings, inside.remedies.closed) == (0, 0, 0)
    assert (above.improper_demands, inside.improper_demands) == (1, 0)
    assert room.figures(HEAD).row == inside


def test_petitions_and_tasks_are_counted(room: Room) -> None:
    petition: dict[str, Any] = {"petition_id": uuid4(), "school": SCHOOL}
    received = i.PetitionReceived(
        **petition,
        kind="petition",
        about_procedures=True,
        concerns_head=False,
        received_on=DAY,
        due_on=DAY,
        version=1,
    )
    task = i.ImprovementTaskAssigned(
        task_id=uuid4(), school=SCHOOL, campaign_id=uuid4(), rule="below", due_on=DAY, version=1
    )
    room.hear(received, task)
    assert (row(room).petitions.open, row(room, HEAD).improvement_tasks) == (1, 1)
    room.hear(i.PetitionOverdue(**petition, due_on=DAY, version=2))
    assert (row(room).petitions.open, row(room).petitions.overdue) == (0, 1)
    room.hear(i.PetitionAnswered(**petition, answered_on=DAY, late_working_days=1, version=3))
    assert (row(room).petitions.overdue, row(room).petitions.answered) == (0, 1)


def test_what_ended_before_this_reporting_year_is_not_counted(room: Room) -> None:
    room.hear(*inspection(), at=room.clock())
    room.clock.move(date(2025, 1, 10))
    assert row(room).inspections == m.InspectionFigures()
    assert row(room).remedies == m.RemedyFigures()


def test_live_answers_then_the_result(room: Room) -> None:
    campaign = uuid4()
    room.hear_batch([answered(campaign)] * 3)  # may come before the opening
    room.hear(opened(campaign))
    room.hear_batch([answered(campaign)] * 4)
    live = row(room).tthc
    assert live is not None
    assert (live.state, live.responses, live.percent, live.verdict) == ("open", 7, None, None)
    room.hear(closed(campaign))
    room.hear(opened(campaign))  # late news of the opening changes nothing
    final = row(room).tthc
    assert final is not None
    assert (final.state, final.responses, final.handed_out) == ("closed", 123, 150)
    assert (final.satisfied, final.valid, final.percent) == (114, 120, 95.0)
    assert (final.verdict, final.conclusive, final.target_percent) == ("met", False, 95)
    assert final.enough
    assert row(room).care is None


def test_batches_of_answers_at_once_are_all_counted(room: Room) -> None:
    campaigns = [uuid4() for _ in range(4)]

    def send(turn: int) -> None:
        order = campaigns if turn % 2 else campaigns[::-1]
        room.hear_batch([answered(campaign) for campaign in order] * 5)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(24)))
    with room.call() as work:
        for campaign in campaigns:
            assert work.campaigns.answers_by_day(campaign) == [(date(2024, 3, 5), 24 * 5)]


def test_the_district_pools_counts(room: Room) -> None:
    room.hear(registered(OTHER, "Trường Con Thuyền Lá (thí dụ)"))
    room.hear(closed(valid=100, satisfied=100), closed(school=OTHER, valid=20, satisfied=8))
    seen = room.overview()
    assert [(one.school, one.title) for one in seen.schools] == [
        (OTHER, "Trường Con Thuyền Lá (thí dụ)"),
        (SCHOOL, "Trường Mầm non Hoa Cúc (thí dụ)"),
    ]
    assert seen.tthc is not None
    assert seen.tthc.percent == 90.0
    assert (seen.tthc.verdict, seen.tthc.campaign_id) == (None, None)
    assert [one.tthc.enough for one in seen.schools if one.tthc] == [False, True]
    only = room.overview(OFFICER)
    assert [one.school for one in only.schools] == [SCHOOL]
    assert only.tthc is not None
    assert only.tthc.percent == 100.0


def test_a_small_group_is_not_told(room: Room) -> None:
    room.hear(closed(valid=4, satisfied=2))
    told = row(room).tthc
    assert told is not None
    assert (told.responses, told.valid, told.percent, told.wilson_low) == (7, None, None, None)


def test_periods_are_listed_and_chosen(room: Room) -> None:
    second = Q1.model_copy(
        update={"index": 2, "starts_on": date(2024, 3, 15), "ends_on": date(2024, 6, 14)}
    )
    room.hear(closed(), opened(uuid4(), form="care"))
    room.hear(opened(uuid4()).model_copy(update={"period": second}))
    seen = room.overview()
    assert [period.key for period in seen.periods] == ["2024-q2", "2024-q1"]
    assert seen.period == Q1
    later = room.overview(period="2024-q2")
    assert later.tthc is not None
    assert later.tthc.state == "open"
    figures = room.figures()
    assert [one.period.key for one in figures.periods] == ["2024-q2", "2024-q1"]
    with pytest.raises(Problem) as refused:
        room.overview(period="2023-q1")
    assert refused.value.code == "reports.unknown_period"


def test_the_overview_begins_with_what_is_overdue(room: Room) -> None:
    def id_of(kind: str) -> UUID:
        (one,) = room.listed(kind=kind, period="2024-q1")
        return one.obligation_id

    room.clock.move(date(2024, 3, 15))
    room.submit(id_of("cchc_result"))
    room.tick(date(2024, 3, 20))
    seen = room.overview()
    assert [(one.kind, one.state) for one in seen.overdue] == [("periodic", "overdue")]
    share = {kind.kind: kind.on_time_percent for kind in seen.kinds}
    assert share == {
        "periodic": 0.0,
        "cchc_result": 100.0,
        **dict.fromkeys(
            (
                "it_application",
                "annual",
                "inspection",
                "legal_document_review",
                "law_enforcement_monitoring",
                "training",
            )
        ),
    }
    room.submit(id_of("periodic"))
    stands = row(room).timeliness
    assert (stands.on_time, stands.late, stands.overdue) == (1, 1, 0)
    assert stands.on_time_percent == 50.0


def test_an_empty_district_has_an_empty_page(empty: Room) -> None:
    seen = empty.overview()
    assert (seen.schools, seen.overdue, seen.period, seen.tthc) == ((), (), None, None)


def test_undone_answers_and_reports_count_no_more_in_whatever_order(room: Room) -> None:
    campaign = uuid4()
    batch: list[list[Event]] = [
        [answered(campaign)] * 5,
        [withdrawn(campaign, 4)],
        [answered(campaign)],
    ]
    room.hear(opened(campaign))
    room.hear_batch(batch[1])
    assert live_answers(room) == 0, "less than none is none"
    room.hear_batch(batch[0])
    room.hear_batch(batch[2])
    assert live_answers(room) == 2


@pytest.mark.parametrize("withdrawn_first", [False, True])
def test_a_withdrawn_report_is_no_report(room: Room, *, withdrawn_first: bool) -> None:
    about: dict[str, Any] = {
        "report_id": uuid4(),
        "campaign_id": uuid4(),
        "school": SCHOOL,
        "concerns_head": False,
    }
    told: list[Event] = [
        ImproperDemandReported(**about, form="tthc", demand="fee", day=DAY),
        ImproperDemandWithdrawn(**about, withdrawn_on=DAY),
    ]
    room.hear(*(reversed(told) if withdrawn_first else told))
    assert row(room).improper_demands == 0


def withdrawn(campaign_id: UUID, answers: int) -> ResponsesWithdrawn:
    return ResponsesWithdrawn(
        campaign_id=campaign_id,
        school=SCHOOL,
        form="tthc",
        source="paper",
        day=date(2024, 3, 5),
        answers=answers,
    )


def live_answers(room: Room) -> int:
    live = row(room).tthc
    assert live is not None
    return live.responses
