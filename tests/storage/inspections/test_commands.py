"""From the order to the closed remedy, on one chain; of two who decide at once, one wins."""

from datetime import date
from functools import partial

import pytest

from contracts.problems import Problem
from contracts.rpc import inspections as m
from contracts.rpc import remedies as r
from contracts.rpc.base import TraceRequest
from contracts.rpc.duty import GetDutyRatio
from inspections.application import asking, completing, inspecting, remedying
from tests.storage.inspections.conftest import Clock, Room, at_once
from tests.support.inspections import HEAD, OFFICER, OTHER_HEAD, demand, results
from tests.support.schools import SCHOOL


def dismiss(room: Room, one: m.Inspection) -> m.InspectionDetail:
    wanted = m.DismissInspection(inspection_id=one.inspection_id, reason="Phản ánh trùng")
    return room.ask(inspecting.dismiss_inspection, wanted)


def complete(room: Room, one: m.Inspection, *unmet: m.CheckedItem) -> m.InspectionDetail:
    wanted = m.CompleteInspection(inspection_id=one.inspection_id, results=results(*unmet))
    return room.ask(completing.complete_inspection, wanted)


def assign(room: Room, finding: r.Finding) -> r.Remedy:
    wanted = r.AssignRemedy(
        finding_id=finding.finding_id, kind="refund", description="Hoàn trả khoản thu"
    )
    return room.ask(remedying.assign_remedy, wanted)


def close(room: Room, remedy: r.Remedy, explanation: str | None = None) -> r.Remedy:
    wanted = r.CloseRemedy(remedy_id=remedy.remedy_id, evidence="Biên bản", explanation=explanation)
    return room.ask(remedying.close_remedy, wanted)


def test_the_whole_way_is_one_chain(room: Room, clock: Clock) -> None:
    (trigger,) = room.happen(demand())
    (one,) = room.listed()
    assert room.order(one).decision_number == "05/QĐ"
    clock.pass_days(1)
    done = complete(room, one, m.CheckedItem(item="K10", met=False, note="Thu sai (thí dụ)"))
    (finding,) = done.findings
    assert (finding.item, finding.severity, finding.remedy_due_on) == (
        "K10",
        2,
        date(2024, 3, 19),
    )
    assert len(done.checklist) == 16
    assert [c.item for c in done.checklist if not c.met] == ["K10"]
    remedy = assign(room, finding)
    assert (remedy.due_on, remedy.working_days_left) == (date(2024, 3, 19), 10)
    clock.pass_days(7)
    closed = close(room, remedy)
    assert (closed.state, closed.late_working_days, closed.working_days_left) == (
        "closed",
        0,
        None,
    )
    detail = room.detail(one)
    assert [s.step for s in detail.history] == ["proposed", "ordered", "completed"]
    assert [s.role for s in detail.history] == ["system", "principal", "principal"]
    wanted = TraceRequest(correlation_id=trigger.correlationid)
    chain = room.ask(asking.trace, wanted).events
    assert [e.type.removeprefix("inspections.") for e in chain] == [
        "inspection_proposed",
        "inspection_ordered",
        "inspection_completed",
        "finding_recorded",
        "remedy_assigned",
        "remedy_closed",
    ]
    assert [e.causation_id for e in chain] == [trigger.id, *(e.id for e in chain[:-1])]
    assert room.ask(asking.trace, wanted, OTHER_HEAD).events == ()


def test_late_remedies_count_their_working_days(room: Room, clock: Clock) -> None:
    room.happen(demand())
    (one,) = room.listed()
    room.order(one)
    (finding,) = complete(room, one, m.CheckedItem(item="K1", met=False)).findings
    remedy = assign(room, finding)
    assert remedy.due_on == date(2024, 3, 7)
    clock.pass_days(7)
    assert close(room, remedy).late_working_days == 2
    (told,) = room.told("inspections.remedy_closed")
    assert told["data"]["late_working_days"] == 2


def test_arbitrary_demands_have_the_highest_severity(room: Room) -> None:
    room.happen(demand())
    (one,) = room.listed()
    room.order(one)
    (finding,) = complete(
        room, one, m.CheckedItem(item="K9", met=False, arbitrary_demand=True)
    ).findings
    assert (finding.kind, finding.severity, finding.remedy_due_on) == (
        "arbitrary_demand",
        4,
        date(2024, 3, 5),
    )


def test_an_explanation_is_asked_for_at_level_three(room: Room) -> None:
    room.happen(demand())
    (one,) = room.listed()
    room.order(one)
    (finding,) = complete(room, one, m.CheckedItem(item="K15", met=False)).findings
    remedy = assign(room, finding)
    with pytest.raises(Problem) as refused:
        close(room, remedy)
    assert refused.value.code == "inspections.explanation_required"
    assert close(room, remedy, "Do cấu hình cũ").explanation == "Do cấu hình cũ"


def test_of_an_order_and_a_dismissal_at_once_one_wins(room: Room) -> None:
    for _ in range(5):
        room.happen(demand())
        (one,) = [i for i in room.listed() if i.state == "proposed"]
        outcomes = at_once(
            partial(room.order, one),
            partial(dismiss, room, one),
            partial(room.order, one),
            partial(dismiss, room, one),
        )
        won = [o for o in outcomes if isinstance(o, m.InspectionDetail)]
        lost = [o for o in outcomes if isinstance(o, Problem)]
        assert (len(won), len(lost)) == (1, 3)
        assert {p.code for p in lost} == {"inspections.wrong_state"}
        told = room.told("inspections.inspection_ordered") + room.told(
            "inspections.inspection_dismissed"
        )
        mine = [e for e in told if e["data"]["inspection_id"] == str(one.inspection_id)]
        assert len(mine) == 1
        if won[0].state == "ordered":
            complete(room, one)


def test_completing_twice_or_wrongly_leaves_nothing_behind(room: Room) -> None:
    room.happen(demand())
    (one,) = room.listed()
    with pytest.raises(Problem) as early:
        complete(room, one)
    assert early.value.params == {"state": "proposed"}
    room.order(one)
    with pytest.raises(Problem) as wrong:
        complete(room, one, m.CheckedItem(item="K15", met=False, severity=1))
    assert wrong.value.code == "inspections.checklist_invalid"
    assert room.detail(one).state == "ordered"
    assert room.number("SELECT count(*) FROM inspection_items") == 0
    outcomes = at_once(*(partial(complete, room, one) for _ in range(3)))
    assert sum(isinstance(o, Problem) for o in outcomes) == 2
    assert room.number("SELECT count(*) FROM inspection_items") == 16


def test_surprise_checks_count_for_the_duty_ratio(room: Room, clock: Clock) -> None:
    wanted = m.CreateInspection(school=SCHOOL, kind="surprise", note="Kiểm tra giờ làm việc")
    made = room.ask(inspecting.create_inspection, wanted)
    assert (made.state, made.rule, made.kind) == ("proposed", None, "surprise")
    room.order(made)
    complete(room, made)
    room.happen(demand())
    (triggered,) = [i for i in room.listed() if i.kind == "triggered"]
    room.order(triggered)
    complete(room, triggered)
    clock.pass_days(30)
    (line,) = room.ask(asking.get_duty_ratio, GetDutyRatio()).items
    assert (line.school, line.checks, line.months) == (SCHOOL, 1, 3)
    assert line.ratio == pytest.approx(1 / 3)
    assert line.empty_months == (1, 2)
    with pytest.raises(Problem) as foreign:
        room.ask(inspecting.create_inspection, wanted, OTHER_HEAD)
    assert foreign.value.code == "inspections.unknown_school"


def test_remedies_are_for_those_who_decide(room: Room) -> None:
    room.happen(demand())
    (one,) = room.listed()
    room.order(one)
    (finding,) = complete(room, one, m.CheckedItem(item="K1", met=False)).findings
    wanted = r.AssignRemedy(finding_id=finding.finding_id, kind="training", description="Tập huấn")
    for actor, code in ((OFFICER, "inspections.head_decides"), (OTHER_HEAD, "resource.not_found")):
        with pytest.raises(Problem) as refused:
            room.ask(remedying.assign_remedy, wanted, actor)
        assert refused.value.code == code
    assert len(room.ask(remedying.list_remedies, r.ListRemedies(), HEAD).items) == 0
