"""Facts that the directory tells: who exists, and under whom, since when."""

from datetime import date
from typing import ClassVar, Literal

from contracts.events.base import Event
from contracts.ids import SchoolCode, UnitCode

Hierarchy = Literal["administrative", "professional", "cluster"]
SchoolLevel = Literal["kindergarten", "primary", "lower_secondary", "continuing"]


class SchoolRegistered(Event):
    """A school is known from `opened_on` on, under `parents` (hierarchy → unit)."""

    name: ClassVar[str] = "directory.school_registered"
    school: SchoolCode
    title: str
    level: SchoolLevel
    opened_on: date
    parents: dict[Hierarchy, UnitCode]
    version: int


class SchoolChanged(Event):
    """A school's title or level changed. Consumers keep the higher `version`."""

    name: ClassVar[str] = "directory.school_changed"
    school: SchoolCode
    title: str
    level: SchoolLevel
    version: int


class SchoolClosed(Event):
    """A school ends; `closed_on` is its last day."""

    name: ClassVar[str] = "directory.school_closed"
    school: SchoolCode
    closed_on: date
    version: int


class UnitMoved(Event):
    """From `valid_from` on, `unit` stands under `parent` in one hierarchy."""

    name: ClassVar[str] = "directory.unit_moved"
    unit: UnitCode
    hierarchy: Hierarchy
    parent: UnitCode
    valid_from: date
    version: int


class CalendarChanged(Event):
    """An authority made `day` a day off or a working day; `legal_basis` names the document."""

    name: ClassVar[str] = "directory.calendar_changed"
    day: date
    kind: Literal["off", "work"]
    legal_basis: str
    version: int
