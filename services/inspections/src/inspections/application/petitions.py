"""Petitions and suggestions: received by staff or from anybody, answered in time (plan, R15)."""

import hashlib
import json
import secrets
from dataclasses import replace
from datetime import date
from typing import Final, Literal
from uuid import uuid4

from contracts.events.inspections import PetitionAnswered
from contracts.problems import Problem
from contracts.rpc import petitions as messages
from inspections.application.chains import tell
from inspections.application.facts import petition_received
from inspections.application.judging import judge_event
from inspections.application.showing import show_petitions
from inspections.domain.petition import Petition
from inspections.domain.sides import handled_at
from inspections.storage.schools import School
from inspections.storage.unit_of_work import InspectionsUnitOfWork
from messaging import Trace, record

_RECEIPT_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_RECEIPT_LENGTH: Final = 12
LONGEST_BACK_DAYS: Final = 366


def submit_petition(
    work: InspectionsUnitOfWork, wanted: messages.SubmitPetition
) -> messages.PetitionReceipt:
    """Take what anybody tells; the receipt lets them read what became of it."""
    petition = _take(work, wanted, "public", work.today)
    return messages.PetitionReceipt(receipt=petition.receipt, due_on=petition.due_on)


def receive_petition(
    work: InspectionsUnitOfWork, wanted: messages.ReceivePetition
) -> messages.Petition:
    """Take what staff were told; its term runs from the day of receipt."""
    received_on = wanted.received_on or work.today
    if not 0 <= (work.today - received_on).days <= LONGEST_BACK_DAYS:
        raise Problem("request.invalid", fields=["received_on"])
    if not work.actor.may_see(wanted.school):
        raise Problem("inspections.unknown_school")
    petition = _take(work, wanted, "staff", received_on)
    return show_petitions(work, [petition])[0]


def list_petitions(
    work: InspectionsUnitOfWork, wanted: messages.ListPetitions
) -> messages.Petitions:
    """Return the petitions in the actor's scope."""
    found = work.petitions.listed(work.actor, school=wanted.school, state=wanted.state)
    return messages.Petitions(items=tuple(show_petitions(work, found)))


def get_public_petition(
    work: InspectionsUnitOfWork, wanted: messages.GetPublicPetition
) -> messages.PublicPetition:
    """Return what the sender may read."""
    code = wanted.receipt.upper().replace("-", "").replace(" ", "")
    found = work.petitions.where(work.petitions.table.c.receipt == code) if code.isalnum() else []
    if not found:
        raise Problem("inspections.unknown_receipt")
    (one,) = found
    return messages.PublicPetition(
        receipt=one.receipt,
        kind=one.kind,
        school_title=work.schools.titles([one.school]).get(one.school, one.school),
        state=one.state,
        received_on=one.due_from,
        due_on=one.due_on,
        answered_on=one.answered_on,
        answer=one.answer,
    )


def answer_petition(
    work: InspectionsUnitOfWork, wanted: messages.AnswerPetition
) -> messages.Petition:
    """Answer a petition; the sender reads it by the receipt."""
    before = work.petitions.alone(wanted.petition_id, work.actor)
    if before is None:
        raise Problem("resource.not_found")
    answered = before.reply(work.side, work.today, wanted.text)
    event = PetitionAnswered(
        petition_id=answered.id,
        school=answered.school,
        answered_on=work.today,
        late_working_days=work.calendar.late(answered.due_on, work.today),
        version=answered.version,
    )
    answered = tell(work, answered, event)
    work.petitions.save(answered)
    work.audit(
        "answer_petition",
        str(answered.id),
        school=answered.school,
        before={"state": before.state},
        after={"state": answered.state},
    )
    return show_petitions(work, [answered])[0]


def _is_open(school: School, day: date) -> bool:
    return (school.opened_on or day) <= day <= (school.closed_on or day)


def _take(
    work: InspectionsUnitOfWork,
    wanted: messages.PetitionText,
    source: Literal["public", "staff"],
    received_on: date,
) -> Petition:
    school = work.schools.find(wanted.school)
    if school is None or (source == "public" and not _is_open(school, work.today)):
        raise Problem("inspections.unknown_school")
    days = work.standards.working_days("petition", received_on)
    fresh = Petition(
        id=uuid4(),
        school=wanted.school,
        handled_at=handled_at(concerns_head=wanted.concerns_head),
        state="open",
        due_from=received_on,
        working_days=days,
        due_on=work.calendar.add(received_on, days),
        correlation_id=work.trace.correlation_id,
        last_event_id=None,
        version=1,
        receipt="".join(secrets.choice(_RECEIPT_LETTERS) for _ in range(_RECEIPT_LENGTH)),
        submission_id=wanted.submission_id,
        digest=_digest(wanted, source),
        kind=wanted.kind,
        source=source,
        about_procedures=wanted.about_procedures,
        text=wanted.text,
        contact=wanted.contact,
    )
    if not work.petitions.add(fresh):
        return _known(work, fresh)
    _tell_and_judge(work, fresh)
    work.audit("receive_petition", str(fresh.id), school=fresh.school, after={"kind": fresh.kind})
    return fresh


def _known(work: InspectionsUnitOfWork, fresh: Petition) -> Petition:
    """Return the petition of a resend; raises `inspections.submission_differs` for another one."""
    c = work.petitions.table.c
    (known,) = work.petitions.where(c.submission_id == fresh.submission_id)
    if known.digest != fresh.digest:
        raise Problem("inspections.submission_differs")
    return known


def _tell_and_judge(work: InspectionsUnitOfWork, fresh: Petition) -> None:
    """Tell that a petition came in, and let the rules judge it: here, for nobody hears oneself."""
    event = petition_received(fresh)
    trace = Trace(fresh.correlation_id)
    envelope = record(work.connection, work.service, event, trace=trace, at=work.now)
    work.petitions.save(replace(fresh, last_event_id=envelope.id))
    judge_event(work.following(envelope), event, envelope)


def _digest(wanted: messages.PetitionText, source: str) -> str:
    body = wanted.model_dump(mode="json") | {"source": source}
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
