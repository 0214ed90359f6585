"""The yearly plans of schools."""

from contracts.ids import SchoolCode
from contracts.rpc import plans as m
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")


@router.get("/schools/{school}/plans", tags=["directory"])
async def list_plans(ask: Ask, school: SchoolCode) -> m.Plans:
    """The plans of a school, newest first."""
    return await ask("directory", "list_plans", m.ListPlans(school=school), m.Plans)


@router.put("/schools/{school}/plans/{year}", tags=["directory"])
async def put_plan(ask: Ask, school: SchoolCode, year: m.Year, body: m.PlanBody) -> m.Plan:
    """Record a school's plan of a year, or correct it."""
    wanted = m.PutPlan(school=school, year=year, body=body)
    return await ask("directory", "put_plan", wanted, m.Plan)
