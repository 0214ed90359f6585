"""Which school something is about."""

from directory.storage.unit_of_work import DirectoryUnitOfWork


def school_of(work: DirectoryUnitOfWork, unit: str | None) -> str | None:
    """Return the unit where it is a school: audit rows name it."""
    return unit if unit and work.units.kinds([unit]).get(unit) == "school" else None
