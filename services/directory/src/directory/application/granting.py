"""Who may give which role where."""

from contracts.problems import Problem
from contracts.rpc.accounts import AccountRole
from directory.domain.roles import fits, may_grant
from directory.storage.unit_of_work import DirectoryUnitOfWork


def require_grant(work: DirectoryUnitOfWork, role: AccountRole, unit: str | None) -> None:
    """Check that the actor may give `role` at `unit`; the system itself may give any.

    Raises `directory.role_not_below`, `directory.unknown_unit` (also for a unit out of reach, which
    is not told to exist), `directory.role_misplaced`.
    """
    if work.actor.role != "system" and not may_grant(work.actor.role, role):
        raise Problem("directory.role_not_below", role=role)
    kind = None
    if unit is not None:
        reach = work.reach()
        kind = work.units.kinds([unit]).get(unit)
        if kind is None or (reach is not None and unit not in reach):
            raise Problem("directory.unknown_unit", unit=unit)
    if not fits(role, kind):
        raise Problem("directory.role_misplaced", role=role, unit=unit)
