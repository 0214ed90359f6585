"""Questions and commands that directory answers: units, schools, the calendar.

Accounts and keys stand in `contracts.rpc.accounts`, who calls in `contracts.rpc.sessions`.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from contracts.days import Day
from contracts.events.directory import Hierarchy, SchoolLevel
from contracts.ids import SchoolCode, UnitCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.written import Sentence

declare(
    {
        "directory.code_taken": 409,  # params: unit
        "directory.unknown_unit": 422,  # params: unit
        "directory.wrong_parent": 422,  # a school has no units below it; params: parent
        "directory.move_exists": 409,  # another row begins on that day; params: valid_from, parent
        "directory.cycle": 409,  # the parent stands below the unit on some day; params: day
        "directory.before_opening": 422,  # no parent before it opens; params: opened_on
        "directory.school_closed": 409,  # params: closed_on
        "directory.wrong_closing_day": 422,  # before the school opened; params: opened_on
        "directory.calendar_contradiction": 409,  # params: day, kind (as it is known)
    }
)

UnitKind = Literal["authority", "office", "cluster"]
DayKind = Literal["off", "work"]
Parents = dict[Hierarchy, UnitCode]


# --- units -------------------------------------------------------------------------------------


class Unit(Model):
    """An authority, an office or a cluster, with its parents of today. Schools are listed apart."""

    code: UnitCode
    title: str
    kind: UnitKind
    parents: Parents


class Units(Model):
    """Units, in the Vietnamese order of their titles."""

    items: tuple[Unit, ...]


class ListUnits(Request):
    """`list_units`: those above and below the actor's unit; all of them for the operator.

    `on` is the day that counts, today without it: authorities change with their laws.
    """

    on: Day | None = None


class CreateUnit(Request):
    """`create_unit`. Returns `Unit`; raises `directory.code_taken`."""

    code: UnitCode
    title: Sentence
    kind: UnitKind


class Move(Model):
    """From `valid_from` on a unit or school stands under `parent`; until `valid_to`, exclusive."""

    unit: UnitCode
    hierarchy: Hierarchy
    parent: UnitCode
    valid_from: date
    valid_to: date | None


class MoveUnit(Request):
    """`move_unit`, a school too. The row that holds on `valid_from` ends there; later rows stay.

    Returns `Move`. Raises `resource.not_found`, `directory.unknown_unit`,
    `directory.wrong_parent`, `directory.move_exists`, `directory.cycle`,
    `directory.before_opening`.
    """

    unit: UnitCode
    hierarchy: Hierarchy
    parent: UnitCode
    valid_from: Day


class ListMoves(Request):
    """`list_moves`: where one unit or school stood and will stand. Raises `resource.not_found`."""

    unit: UnitCode


class Moves(Model):
    """Rows by hierarchy, then oldest first."""

    items: tuple[Move, ...]


# --- schools -----------------------------------------------------------------------------------


class School(Model):
    """A school with its parents of today. `closed_on` is its last day."""

    code: SchoolCode
    title: str
    level: SchoolLevel
    opened_on: date
    closed_on: date | None
    parents: Parents


class Schools(Model):
    """Schools, in the Vietnamese order of their titles."""

    items: tuple[School, ...]


class ListSchools(Request):
    """`list_schools` in the actor's scope, closed ones too."""


class RegisterSchool(Request):
    """`register_school`; its parents hold from `opened_on` on. Returns `School`.

    Raises `directory.code_taken`, `directory.unknown_unit`, `directory.wrong_parent`.
    """

    code: SchoolCode
    title: Sentence
    level: SchoolLevel
    opened_on: Day
    parents: Annotated[Parents, Field(min_length=1)]


class ChangeSchool(Request):
    """`change_school`: what is None stays. Returns `School`; raises `resource.not_found`."""

    school: SchoolCode
    title: Sentence | None = None
    level: SchoolLevel | None = None


class CloseSchool(Request):
    """`close_school`: `closed_on` is its last day. Returns `School`.

    Raises `resource.not_found`, `directory.school_closed`, `directory.wrong_closing_day`.
    """

    school: SchoolCode
    closed_on: Day


# --- the calendar ------------------------------------------------------------------------------


class CalendarDay(Model):
    """A day that an authority made a day off or a working day, and by which document."""

    day: date
    kind: DayKind
    legal_basis: str


class ShippedDay(CalendarDay):
    """A day that the government swapped, known without being told; where its document stands."""

    source: str


class Calendar(Model):
    """Overridden days, oldest first; `shipped` are the government's swaps that none replaces."""

    items: tuple[CalendarDay, ...]
    shipped: tuple[ShippedDay, ...] = ()


class ListCalendar(Request):
    """`list_calendar` → `Calendar`: the overridden days, of one year if it is named."""

    year: StrictInt | None = Field(default=None, ge=1900, le=9998)


class SetCalendarDay(Request):
    """`set_calendar_day`. Returns `CalendarDay`; saying the same again changes nothing.

    Raises `directory.calendar_contradiction` when the day is known as the other kind, unless
    `replaces` says that the authority took that back.
    """

    day: Day
    kind: DayKind
    legal_basis: Sentence
    replaces: StrictBool = False
