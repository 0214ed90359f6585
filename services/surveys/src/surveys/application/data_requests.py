"""Requests of people about their own data: received, replied to, carried out."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from uuid import UUID, uuid4

from contracts.problems import Problem
from contracts.rpc import data_requests as messages
from surveys.application.planning import frame_of
from surveys.domain.data_requests import DataRequest, Terms, read_terms, terms_on
from surveys.storage.unit_of_work import SurveysUnitOfWork

# An office enters what it received; older letters are not begun anew here.
OLDEST: Final = timedelta(days=90)


@cache
def terms() -> Sequence[Terms]:
    """Return the terms that are shipped."""
    file = files("surveys").joinpath("data_request_terms.yaml")
    return read_terms(file.read_text(encoding="utf-8"))


def list_data_requests(
    work: SurveysUnitOfWork, wanted: messages.ListDataRequests
) -> messages.DataRequests:
    """Return the requests in the actor's scope: those that wait first, by what is due next."""
    shown = _show(work, work.data_requests.listed(wanted.school, work.actor))
    return messages.DataRequests(items=tuple(sorted(shown, key=_urgency)))


def receive_data_request(
    work: SurveysUnitOfWork, wanted: messages.ReceiveDataRequest
) -> messages.DataRequest:
    """Enter a request that an office received."""
    school = work.schools.find(wanted.school) if work.actor.may_see(wanted.school) else None
    if school is None or school.known_from is None:
        raise Problem("surveys.unknown_school")
    if not work.today - OLDEST <= wanted.received_on <= work.today:
        raise Problem("surveys.wrong_dates")
    request = DataRequest(
        id=uuid4(),
        school=school.code,
        kind=wanted.kind,
        reference=wanted.reference,
        received_on=wanted.received_on,
    )
    work.data_requests.add(request)
    return _audited(work, "receive_data_request", None, request)


def reply_to_data_request(
    work: SurveysUnitOfWork, wanted: messages.ReplyToDataRequest
) -> messages.DataRequest:
    """Note that whoever asked was told what will be done."""
    before = _alone(work, wanted.request_id)
    after = before.reply(work.today)
    work.data_requests.save(after)
    return _audited(work, "reply_to_data_request", before, after)


def end_data_request(
    work: SurveysUnitOfWork, wanted: messages.EndDataRequest
) -> messages.DataRequest:
    """Note that it was carried out, or refused and why."""
    before = _alone(work, wanted.request_id)
    after = before.end(wanted.outcome, wanted.note, work.today)
    work.data_requests.save(after)
    return _audited(work, "end_data_request", before, after)


def _alone(work: SurveysUnitOfWork, request_id: UUID) -> DataRequest:
    request = work.data_requests.alone(request_id, work.actor)
    if request is None:
        raise Problem("resource.not_found")
    return request


def _audited(
    work: SurveysUnitOfWork, action: str, before: DataRequest | None, after: DataRequest
) -> messages.DataRequest:
    work.audit(
        action,
        str(after.id),
        school=after.school,
        before={"state": before.state} if before else None,
        after={"state": after.state, "kind": after.kind, "reference": after.reference},
    )
    [shown] = _show(work, [after])
    return shown


def _show(work: SurveysUnitOfWork, found: Sequence[DataRequest]) -> list[messages.DataRequest]:
    calendar = frame_of(work, []).calendar
    titles = work.schools.titles(one.school for one in found)
    shown = []
    for one in found:
        held = terms_on(terms(), one.received_on)
        due = one.due(held, calendar)
        shown.append(
            messages.DataRequest(
                request_id=one.id,
                school=one.school,
                school_title=titles.get(one.school, one.school),
                kind=one.kind,
                reference=one.reference,
                state=one.state,
                received_on=one.received_on,
                reply_due_on=due[0],
                replied_on=one.replied_on,
                act_due_on=due[1],
                ended_on=one.ended_on,
                note=one.note,
                late=one.late(due, work.today),
                legal_basis=held.legal_basis,
            )
        )
    return shown


def _urgency(one: messages.DataRequest) -> tuple[bool, int]:
    """Those that wait first, by the day that comes next; of those that ended the newest first."""
    if one.ended_on is not None:
        return True, -one.ended_on.toordinal()
    next_day = one.reply_due_on if one.replied_on is None else one.act_due_on
    return False, next_day.toordinal()
