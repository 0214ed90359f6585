"""Who may see the reports of improper demands (plan, R5: what concerns the head goes above)."""

from typing import Final

from contracts.rpc.base import Role

ABOVE: Final[frozenset[Role]] = frozenset(
    {"operator", "district_officer", "district_viewer", "system"}
)
# The board of the school, as the notice on the parents' page promises; nobody else there.
BOARD: Final[frozenset[Role]] = frozenset({"principal", "deputy"})


def sees_demands(role: Role) -> bool:
    """Whether the role may see reports at all."""
    return role in ABOVE | BOARD


def sees_about_head(role: Role) -> bool:
    """Whether the role may see, and count, what is about the head of a school."""
    return role in ABOVE


def sees_classes(role: Role) -> bool:
    """Whether the role may see results by class: those who answer for the school, or above it."""
    return role in ABOVE | BOARD
