"""A school's yearly plan: recorded and corrected as its document states it (plan, R18, R21)."""

from contracts.problems import Problem
from contracts.rpc import plans as m
from directory.storage.unit_of_work import DirectoryUnitOfWork


def put_plan(work: DirectoryUnitOfWork, wanted: m.PutPlan) -> m.Plan:
    """Store a plan; the same again changes nothing."""
    _require_school(work, wanted.school)
    body = wanted.body.model_dump(mode="json")
    before = work.plans.lock(wanted.school, wanted.year)
    if body != before:
        work.plans.put(wanted.school, wanted.year, body)
        work.audit(
            "plan.recorded",
            f"{wanted.school}/{wanted.year}",
            school=wanted.school,
            before=before,
            after=body,
        )
    return m.Plan(school=wanted.school, year=wanted.year, **body)


def list_plans(work: DirectoryUnitOfWork, wanted: m.ListPlans) -> m.Plans:
    """Return the plans of a school in scope."""
    _require_school(work, wanted.school)
    found = work.plans.of_school(wanted.school)
    return m.Plans(items=tuple(m.Plan(school=wanted.school, year=y, **body) for y, body in found))


def _require_school(work: DirectoryUnitOfWork, code: str) -> None:
    if not work.actor.may_see(code) or not work.schools.listed((code,)):
        raise Problem("resource.not_found")
