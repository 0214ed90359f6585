"""Facts about schools that a survey leaves out: whoever expects four a year has to know."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.events.base import Event
from contracts.events.surveys import FormKind
from contracts.ids import SchoolCode


class SchoolExempted(Event):
    """The calendar makes no campaigns whose field time touches `starts_on` … `ends_on`.

    `form` None: of both forms. Why, stays in surveys under `exemption_id`.
    """

    name: ClassVar[str] = "surveys.school_exempted"
    exemption_id: UUID
    school: SchoolCode
    form: FormKind | None
    starts_on: date
    ends_on: date
    version: int


class ExemptionLifted(Event):
    """An exemption was taken back before the field time: the campaigns take place."""

    name: ClassVar[str] = "surveys.exemption_lifted"
    exemption_id: UUID
    school: SchoolCode
    form: FormKind | None
    starts_on: date
    ends_on: date
    version: int
