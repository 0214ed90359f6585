"""Who reads what a parent reported."""

from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc.base import Actor, Call, Role
from contracts.rpc.surveys import DemandDetail, DemandReport, GetDemand, ListDemands
from surveys.application.demands import get_demand, list_demands
from tests.storage.surveys.conftest import Room
from tests.support.surveys import submission

HERE = ("hoa-cuc-mau",)


@pytest.fixture
def reports(room: Room) -> dict[bool, DemandReport]:
    made = room.open_campaign()
    for about_head in (False, True):
        demand = {"kind": "papers", "what": "Đòi giấy khai sinh", "concerns_head": about_head}
        room.submit(submission(made.slug, demand=demand))
    return {r.concerns_head: r for r in ask(room, "operator", None)}


def ask(room: Room, role: Role, schools: tuple[str, ...] | None) -> tuple[DemandReport, ...]:
    call = Call(actor=Actor(role=role, schools=schools), correlation_id=uuid4())
    with room.units.for_call(call) as work:
        return list_demands(work, ListDemands()).items


def read(room: Room, report: DemandReport, role: Role, schools: tuple[str, ...]) -> DemandDetail:
    call = Call(actor=Actor(role=role, schools=schools), correlation_id=uuid4())
    with room.units.for_call(call) as work:
        return get_demand(work, GetDemand(report_id=report.report_id))


@pytest.mark.parametrize(
    ("role", "schools", "seen"),
    [
        ("operator", None, {False, True}),
        ("district_officer", HERE, {False, True}),
        ("district_viewer", HERE, {False, True}),
        ("principal", HERE, {False}),
        ("deputy", HERE, {False}),
        ("clerk", HERE, set()),
        ("teacher", HERE, set()),
        ("union", HERE, set()),
        ("parent", HERE, set()),
        ("principal", ("con-thuyen-la",), set()),
        ("district_officer", (), set()),
    ],
)
def test_who_sees_which(
    room: Room,
    reports: dict[bool, DemandReport],
    role: Role,
    schools: tuple[str, ...] | None,
    seen: set[bool],
) -> None:
    assert {r.concerns_head for r in ask(room, role, schools)} == seen
    for about_head, report in reports.items():
        if schools is None:
            continue
        if about_head in seen:
            assert read(room, report, role, schools).what == "Đòi giấy khai sinh"
        else:
            with pytest.raises(Problem, match=r"resource\.not_found"):
                read(room, report, role, schools)


def test_reading_is_audited(room: Room, reports: dict[bool, DemandReport]) -> None:
    read(room, reports[True], "district_officer", HERE)
    assert room.numbers("SELECT action, subject, school FROM audit_entries") == [
        ("read_demand", str(reports[True].report_id), "hoa-cuc-mau")
    ]
