"""Units, schools and the calendar."""

from typing import Annotated

from fastapi import Query
from pydantic import StrictBool

from contracts.days import Day
from contracts.events.directory import Hierarchy, SchoolLevel
from contracts.ids import SchoolCode, UnitCode
from contracts.model import Model
from contracts.rpc import directory as m
from contracts.written import Sentence
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")


class Place(Model):
    """Where a unit stands from a day on."""

    hierarchy: Hierarchy
    parent: UnitCode
    valid_from: Day


class SchoolChange(Model):
    """What changes; what is left out stays."""

    title: Sentence | None = None
    level: SchoolLevel | None = None


class Closing(Model):
    """A school's last day."""

    closed_on: Day


class MovedDay(Model):
    """What an authority made of a day. `replaces`: it took back what it had said before."""

    kind: m.DayKind
    legal_basis: Sentence
    replaces: StrictBool = False


@router.get("/units", tags=["directory"])
async def list_units(ask: Ask) -> m.Units:
    """The units above and below one's own, with their parents of today."""
    return await ask("directory", "list_units", m.ListUnits(), m.Units)


@router.post("/units", tags=["directory"], status_code=201)
async def create_unit(ask: Ask, new: m.CreateUnit) -> m.Unit:
    """Make an authority, an office or a cluster."""
    return await ask("directory", "create_unit", new, m.Unit)


@router.get("/units/{unit}/moves", tags=["directory"])
async def list_moves(ask: Ask, unit: UnitCode) -> m.Moves:
    """Where a unit or school stood and will stand."""
    return await ask("directory", "list_moves", m.ListMoves(unit=unit), m.Moves)


@router.post("/units/{unit}/moves", tags=["directory"], status_code=201)
async def move_unit(ask: Ask, unit: UnitCode, place: Place) -> m.Move:
    """Put a unit or school under another parent from a day on."""
    wanted = m.MoveUnit(
        unit=unit, hierarchy=place.hierarchy, parent=place.parent, valid_from=place.valid_from
    )
    return await ask("directory", "move_unit", wanted, m.Move)


@router.get("/schools", tags=["directory"])
async def list_schools(ask: Ask) -> m.Schools:
    """The schools in scope, in Vietnamese order, with their parents of today."""
    return await ask("directory", "list_schools", m.ListSchools(), m.Schools)


@router.post("/schools", tags=["directory"], status_code=201)
async def register_school(ask: Ask, new: m.RegisterSchool) -> m.School:
    """Register a school; all services hear of it."""
    return await ask("directory", "register_school", new, m.School)


@router.patch("/schools/{school}", tags=["directory"])
async def change_school(ask: Ask, school: SchoolCode, change: SchoolChange) -> m.School:
    """Change a school's title or level."""
    wanted = m.ChangeSchool(school=school, title=change.title, level=change.level)
    return await ask("directory", "change_school", wanted, m.School)


@router.post("/schools/{school}/close", tags=["directory"])
async def close_school(ask: Ask, school: SchoolCode, closing: Closing) -> m.School:
    """Close a school after its last day."""
    wanted = m.CloseSchool(school=school, closed_on=closing.closed_on)
    return await ask("directory", "close_school", wanted, m.School)


@router.get("/calendar", tags=["directory"])
async def list_calendar(
    ask: Ask, year: Annotated[int | None, Query(ge=1900, le=9998)] = None
) -> m.Calendar:
    """The days that an authority made days off or working days."""
    return await ask("directory", "list_calendar", m.ListCalendar(year=year), m.Calendar)


@router.put("/calendar/{day}", tags=["directory"])
async def set_calendar_day(ask: Ask, day: Day, moved: MovedDay) -> m.CalendarDay:
    """Make a day off or a working day; open deadlines are computed anew."""
    wanted = m.SetCalendarDay(
        day=day, kind=moved.kind, legal_basis=moved.legal_basis, replaces=moved.replaces
    )
    return await ask("directory", "set_calendar_day", wanted, m.CalendarDay)
