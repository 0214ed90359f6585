"""Who stands where: the school itself, or the level above it."""

from typing import Final

from contracts.events.inspections import HandledAt
from contracts.rpc.base import Role

ABOVE: Final[frozenset[Role]] = frozenset(
    {"operator", "district_officer", "district_viewer", "system"}
)


def side_of(role: Role) -> HandledAt:
    """Return the side that a role stands on.

    What is handled by the level above because it concerns the head (plan, R5) does not exist for
    anybody of the school.
    """
    return "superior" if role in ABOVE else "school"


def handled_at(*, concerns_head: bool) -> HandledAt:
    """Return who handles a matter."""
    return "superior" if concerns_head else "school"
