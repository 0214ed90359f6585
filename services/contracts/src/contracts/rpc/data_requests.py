"""Requests of people about their own data: what the office received, and by when it has to act.

The letter stays with the office: here is its number alone, and no name.
"""

from datetime import date
from typing import Literal
from uuid import UUID

from contracts.days import Day
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.written import Said, Sentence

declare({"surveys.request_replied": 409, "surveys.request_ended": 409})

RequestKind = Literal["access", "correction", "erasure", "objection"]
RequestOutcome = Literal["done", "refused"]
RequestState = Literal["received", "replied", "done", "refused"]


class DataRequest(Model):
    """One request. `reply_due_on` and `act_due_on` follow the calendar as it is known now.

    `late`: what it waits for has not happened by its day.
    """

    request_id: UUID
    school: SchoolCode
    school_title: str
    kind: RequestKind
    reference: str
    state: RequestState
    received_on: date
    reply_due_on: date
    replied_on: date | None
    act_due_on: date
    ended_on: date | None
    note: str
    late: bool
    legal_basis: str


class DataRequests(Model):
    """Requests: those that wait first, the most urgent at the top."""

    items: tuple[DataRequest, ...]


class ListDataRequests(Request):
    """`list_data_requests` in the actor's scope."""

    school: SchoolCode | None = None


class DataRequestBody(Model):
    """What an office received: `reference` is the number of its letter, without any name."""

    school: SchoolCode
    kind: RequestKind
    reference: Sentence
    received_on: Day


class ReceiveDataRequest(DataRequestBody, Request):
    """`receive_data_request` → `DataRequest`. Raises `surveys.unknown_school`, `…wrong_dates`."""


class ReplyToDataRequest(Request):
    """`reply_to_data_request` → `DataRequest`: whoever asked was told what will be done.

    Raises `resource.not_found`, `surveys.request_replied`, `surveys.request_ended`.
    """

    request_id: UUID


class EndDataRequest(Request):
    """`end_data_request` → `DataRequest`: carried out, or refused with the reason.

    Raises `resource.not_found`, `surveys.request_ended`.
    """

    request_id: UUID
    outcome: RequestOutcome
    note: Said
