"""Schools: registered, changed, closed; and told to everybody."""

from contracts.events.directory import SchoolChanged, SchoolClosed, SchoolRegistered
from contracts.problems import Problem
from contracts.rpc import directory as m
from directory.application.spelling import nfc
from directory.application.units import parents_by_unit, require_parents
from directory.domain import hierarchies
from directory.domain.records import School
from directory.storage.unit_of_work import DirectoryUnitOfWork


def list_schools(work: DirectoryUnitOfWork) -> m.Schools:
    """Return the schools in the actor's scope with their parents of today."""
    listed = work.schools.listed(work.actor.schools)
    rows = work.units.memberships(school.code for school in listed)
    places = parents_by_unit(rows, work.today)
    return m.Schools(items=tuple(_show(school, places.get(school.code, {})) for school in listed))


def register_school(work: DirectoryUnitOfWork, wanted: m.RegisterSchool) -> m.School:
    """Make a school, its parents holding from its opening on."""
    work.units.lock_hierarchies()
    title = nfc(wanted.title)
    if not work.units.add(wanted.code, title, "school"):
        raise Problem("directory.code_taken", unit=wanted.code)
    require_parents(work, wanted.parents.values())
    work.schools.add(wanted.code, wanted.level, wanted.opened_on)
    for hierarchy, parent in sorted(wanted.parents.items()):
        work.units.put(hierarchies.place([], wanted.code, hierarchy, parent, wanted.opened_on))
    told = SchoolRegistered(
        school=wanted.code,
        title=title,
        level=wanted.level,
        opened_on=wanted.opened_on,
        parents=wanted.parents,
        version=work.units.next_version(wanted.code),
    )
    work.tell(told)
    work.audit("school.registered", wanted.code, school=wanted.code, after=told.payload())
    return _shown(work, wanted.code)


def change_school(work: DirectoryUnitOfWork, wanted: m.ChangeSchool) -> m.School:
    """Change title or level; the same words again are no change."""
    school = _lock(work, wanted.school)
    title = nfc(wanted.title) if wanted.title is not None else school.title
    level = wanted.level or school.level
    if (title, level) != (school.title, school.level):
        work.schools.change(school.code, title, level)
        version = work.units.next_version(school.code)
        work.tell(SchoolChanged(school=school.code, title=title, level=level, version=version))
        work.audit(
            "school.changed",
            school.code,
            school=school.code,
            before={"title": school.title, "level": school.level},
            after={"title": title, "level": level},
        )
    return _shown(work, school.code)


def close_school(work: DirectoryUnitOfWork, wanted: m.CloseSchool) -> m.School:
    """Set a school's last day; it stays in every list, with that day."""
    school = _lock(work, wanted.school)
    if school.closed_on is not None:
        raise Problem("directory.school_closed", closed_on=school.closed_on.isoformat())
    if wanted.closed_on < school.opened_on:
        raise Problem("directory.wrong_closing_day", opened_on=school.opened_on.isoformat())
    work.schools.close(school.code, wanted.closed_on)
    version = work.units.next_version(school.code)
    work.tell(SchoolClosed(school=school.code, closed_on=wanted.closed_on, version=version))
    work.audit(
        "school.closed",
        school.code,
        school=school.code,
        before={"closed_on": None},
        after={"closed_on": wanted.closed_on.isoformat()},
    )
    return _shown(work, school.code)


def _lock(work: DirectoryUnitOfWork, code: str) -> School:
    school = work.schools.lock(code) if work.actor.may_see(code) else None
    if school is None:
        raise Problem("resource.not_found")
    return school


def _shown(work: DirectoryUnitOfWork, code: str) -> m.School:
    school = work.schools.find(code)
    assert school is not None
    return _show(school, hierarchies.parents_on(work.units.memberships([code]), work.today))


def _show(school: School, parents: m.Parents) -> m.School:
    return m.School(
        code=school.code,
        title=school.title,
        level=school.level,
        opened_on=school.opened_on,
        closed_on=school.closed_on,
        parents=parents,
    )
