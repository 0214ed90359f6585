"""Questions and commands about a school's yearly plan, as its document states it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc.base import Request
from contracts.written import Short

Line = Annotated[Short, Field(min_length=1)]
Year = Annotated[int, Field(ge=2000, le=2200)]


class Target(Model):
    """A target and its value in the plan's own terms ("≥ 95 %", "hằng quý")."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    title: Line
    value: Line


class Duties(Model):
    """What the plan gives a part of the school to do."""

    unit: Line
    tasks: Annotated[tuple[Line, ...], Field(min_length=1, max_length=100)]


class PlanRecipient(Model):
    """Who gets the plan, and why ("b/cáo", "t/hiện", "Lưu")."""

    to: Line
    purpose: Line


class PlanBody(Model):
    """What a plan says. `carries_out` names the plan above it."""

    title: Line
    carries_out: Line
    legal_bases: Annotated[tuple[Line, ...], Field(max_length=50)]
    targets: Annotated[tuple[Target, ...], Field(max_length=50)]
    duties: Annotated[tuple[Duties, ...], Field(max_length=50)]
    recipients: Annotated[tuple[PlanRecipient, ...], Field(max_length=50)]


class Plan(PlanBody):
    """The plan of a school for a year."""

    school: SchoolCode
    year: Year


class Plans(Model):
    """The plans of a school, newest first."""

    items: tuple[Plan, ...]


class PutPlan(Request):
    """`put_plan` → `Plan`: record a school's plan, or correct it. Raises `resource.not_found`."""

    school: SchoolCode
    year: Year
    body: PlanBody


class ListPlans(Request):
    """`list_plans` of a school → `Plans`. Raises `resource.not_found`."""

    school: SchoolCode
