"""Days that an authority moved: a day off, or a working day, and by which document."""

from contracts.events.directory import CalendarChanged
from contracts.problems import Problem
from contracts.rpc import directory as m
from directory.application.spelling import nfc
from directory.domain.records import CalendarDay
from directory.storage.unit_of_work import DirectoryUnitOfWork
from workdays import shipped


def list_calendar(work: DirectoryUnitOfWork, wanted: m.ListCalendar) -> m.Calendar:
    """Return the overridden days, and the shipped swaps that stand beside them."""
    listed = work.calendar.listed(wanted.year)
    replaced = {one.day for one in listed}
    swaps = (
        m.ShippedDay(day=day, kind=swap.kind, legal_basis=swap.legal_basis, source=swap.source)
        for day, swap in sorted(shipped().items())
        if day not in replaced and wanted.year in (None, day.year)
    )
    return m.Calendar(items=tuple(map(_show, listed)), shipped=tuple(swaps))


def set_calendar_day(work: DirectoryUnitOfWork, wanted: m.SetCalendarDay) -> m.CalendarDay:
    """Store and tell a moved day; refused when it contradicts what is known of the day."""
    known = work.calendar.lock(wanted.day)
    basis = nfc(wanted.legal_basis)
    said = known or shipped().get(wanted.day)
    if said is not None and said.kind != wanted.kind and not wanted.replaces:
        raise Problem(
            "directory.calendar_contradiction", day=wanted.day.isoformat(), kind=said.kind
        )
    if known is not None and (known.kind, known.legal_basis) == (wanted.kind, basis):
        return _show(known)
    fresh = CalendarDay(wanted.day, wanted.kind, basis, known.version + 1 if known else 1)
    if not work.calendar.put(fresh):
        raise Problem("resource.conflict")
    told = CalendarChanged(
        day=fresh.day, kind=fresh.kind, legal_basis=fresh.legal_basis, version=fresh.version
    )
    work.tell(told)
    work.audit(
        "calendar.changed",
        wanted.day.isoformat(),
        before=_show(known).model_dump(mode="json") if known else None,
        after=told.payload(),
    )
    return _show(fresh)


def _show(known: CalendarDay) -> m.CalendarDay:
    return m.CalendarDay(day=known.day, kind=known.kind, legal_basis=known.legal_basis)
