"""Requests of people about their own data, and by when they are answered and carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

import yaml
from pydantic import Field, TypeAdapter

from contracts.problems import Problem
from contracts.rpc.data_requests import RequestKind, RequestOutcome, RequestState
from workdays import Calendar

_Days = Annotated[int, Field(ge=1, le=60)]


@dataclass(frozen=True)
class Terms:
    """How long an office has: working days until the reply, days until each kind is done."""

    valid_from: date
    reply_working_days: _Days
    act_days: Mapping[RequestKind, _Days]
    legal_basis: str


def read_terms(text: str) -> list[Terms]:
    """Return the terms of a YAML list; raises `pydantic.ValidationError` for what is none."""
    return TypeAdapter(list[Terms]).validate_python(yaml.safe_load(text))


def terms_on(terms: Sequence[Terms], day: date) -> Terms:
    """Return the terms that hold on a day; before the first, the first."""
    begun = [one for one in terms if one.valid_from <= day]
    if begun:
        return max(begun, key=lambda one: one.valid_from)
    return min(terms, key=lambda one: one.valid_from)


@dataclass(frozen=True)
class DataRequest:
    """One row. Due dates are not kept: they follow the calendar."""

    id: UUID
    school: str
    kind: RequestKind
    reference: str
    received_on: date
    replied_on: date | None = None
    ended_on: date | None = None
    outcome: RequestOutcome | None = None
    note: str = ""

    @property
    def state(self) -> RequestState:
        """Where it stands."""
        if self.outcome is not None:
            return self.outcome
        return "received" if self.replied_on is None else "replied"

    def due(self, terms: Terms, calendar: Calendar) -> tuple[date, date]:
        """Return the last days for the reply and for carrying it out."""
        act_by = self.received_on + timedelta(days=terms.act_days[self.kind])
        return calendar.add(self.received_on, terms.reply_working_days), act_by

    def late(self, due: tuple[date, date], today: date) -> bool:
        """Whether it waits for something whose day is over."""
        reply_by, act_by = due
        waits = self.outcome is None
        return waits and (today > act_by or (self.replied_on is None and today > reply_by))

    def reply(self, today: date) -> "DataRequest":
        """Return it with its reply; raises `surveys.request_replied`, `surveys.request_ended`."""
        self._refuse_ended()
        if self.replied_on is not None:
            raise Problem("surveys.request_replied")
        return replace(self, replied_on=today)

    def end(self, outcome: RequestOutcome, note: str, today: date) -> "DataRequest":
        """Return it ended, which is a reply as well; raises `surveys.request_ended`."""
        self._refuse_ended()
        replied_on = self.replied_on or today
        return replace(self, replied_on=replied_on, ended_on=today, outcome=outcome, note=note)

    def _refuse_ended(self) -> None:
        if self.outcome is not None:
            raise Problem("surveys.request_ended")
