"""Whom readers above a school are told by name: the district sees reports, not who wrote them."""

from typing import Final

from contracts.rpc.base import Role
from reports.storage.unit_of_work import ReportsUnitOfWork

# These also read what concerns the head of a school; nobody inside the school does (plan, R5).
ABOVE_THE_SCHOOL: Final[frozenset[Role]] = frozenset(
    {"operator", "district_officer", "district_viewer", "system"}
)


def told_name(work: ReportsUnitOfWork, by_role: Role, by_name: str) -> str:
    """Return the name of whoever did something as the actor may know it, else ""."""
    hidden = work.actor.role in ABOVE_THE_SCHOOL and by_role not in ABOVE_THE_SCHOOL
    return "" if hidden else by_name
