"""A school's yearly plan is kept as its document states it."""

from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc.base import Actor, Call
from contracts.rpc.plans import ListPlans, PlanBody, PutPlan
from deploy.local.play.sample import read_district
from directory.application.plans import list_plans, put_plan
from tests.support.directory import Room

PRINCIPAL = Call(
    actor=Actor(role="principal", unit="hoa", schools=("hoa",)), correlation_id=uuid4()
)


def sample_plan(**changed: object) -> PlanBody:
    plan = read_district()["plan"] | changed
    return PlanBody.model_validate(plan)


def audited(room: Room) -> int:
    with room.engine.connect() as connection:
        count = connection.exec_driver_sql(
            "SELECT count(*) FROM audit_entries WHERE action = 'plan.recorded'"
        ).scalar_one()
        return int(count)


def test_the_plan_of_2024_is_recorded_whole_and_once(district: Room) -> None:
    wanted = PutPlan(school="hoa", year=2024, body=sample_plan())
    for _ in range(2):
        with district.directory.units.for_call(PRINCIPAL) as work:
            put_plan(work, wanted)
    with district.directory.units.for_call(PRINCIPAL) as work:
        [kept] = list_plans(work, ListPlans(school="hoa")).items
    assert PlanBody.model_validate(kept.model_dump()) == sample_plan()
    assert kept.carries_out == "Kế hoạch số 361/KH-UBND ngày 15/01/2024"
    assert {target.code for target in kept.targets} >= {"satisfaction", "duty-checks", "reports"}
    assert audited(district) == 1


def test_a_correction_replaces_the_plan_and_is_audited(district: Room) -> None:
    with district.directory.units.for_call(PRINCIPAL) as work:
        put_plan(work, PutPlan(school="hoa", year=2024, body=sample_plan()))
        put_plan(work, PutPlan(school="hoa", year=2025, body=sample_plan(title="Năm sau")))
        put_plan(work, PutPlan(school="hoa", year=2024, body=sample_plan(title="Đã sửa")))
        listed = list_plans(work, ListPlans(school="hoa")).items
    assert [(plan.year, plan.title) for plan in listed] == [(2025, "Năm sau"), (2024, "Đã sửa")]
    assert audited(district) == 3


@pytest.mark.parametrize("school", ["la", "khong-co"])
def test_a_foreign_school_is_not_there(district: Room, school: str) -> None:
    with district.directory.units.for_call(PRINCIPAL) as work, pytest.raises(Problem) as refused:
        put_plan(work, PutPlan(school=school, year=2024, body=sample_plan()))
    assert refused.value.code == "resource.not_found"
    with district.directory.units.for_call(PRINCIPAL) as work, pytest.raises(Problem) as unseen:
        list_plans(work, ListPlans(school=school))
    assert unseen.value.code == "resource.not_found"
