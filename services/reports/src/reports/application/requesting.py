"""Ad-hoc requests: the district asks schools, a head asks the teams of a school."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid4

from contracts.events.reports import RequestAnswered, RequestSent
from contracts.problems import Problem
from contracts.rpc import requests as m
from reports.application.request_replies import detail
from reports.domain import requests as d
from reports.storage.requests import Place
from reports.storage.unit_of_work import ReportsUnitOfWork


def make_request(work: ReportsUnitOfWork, request: m.MakeRequest) -> m.FigureRequestDetail:
    """Ask schools for figures and text by a day; each hears of it."""
    places = [(school, "") for school in dict.fromkeys(request.schools)]
    made = _make(work, request, places, inside=False)
    tell(work, made, places)
    return detail(work, made)


def make_collection(work: ReportsUnitOfWork, request: m.MakeCollection) -> m.FigureRequestDetail:
    """Ask the teams of a school; what they say stays inside it."""
    places = [(request.school, team) for team in dict.fromkeys(request.teams)]
    made = _make(work, request, places, inside=True)
    return detail(work, made)


def answer_request(work: ReportsUnitOfWork, request: m.AnswerRequest) -> m.FigureRequestDetail:
    """Answer, or correct what was answered; late or not follows from the first answer's day."""
    place = (request.school, request.team)
    asked = _locked(work, request.request_id, inside=bool(request.team))
    if place not in work.requests.places([asked.request_id])[asked.request_id]:
        raise Problem("resource.not_found")
    if not work.actor.may_see(request.school):
        raise Problem("resource.not_found")
    asked.check_open()
    d.check_values(asked.fields, request.values)
    before = work.requests.answers([asked.request_id])[asked.request_id].get(place, [])
    late = work.calendar.late(asked.deadline.due_on, work.today)
    answer = d.Answer(
        school=request.school,
        team=request.team,
        number=len(before) + 1,
        values=request.values,
        answered_at=work.now,
        answered_on=work.today,
        late_working_days=late,
        by_role=work.actor.role,
        by_name=work.actor.display_name,
    )
    work.requests.answer(asked.request_id, answer, work.actor)
    if not asked.inside:
        event = RequestAnswered(
            request_id=asked.request_id,
            school=request.school,
            answer=answer.number,
            answered_on=work.today,
            due_on=asked.deadline.due_on,
            late_working_days=late,
        )
        work.tell(event)
    work.audit(
        "request.answered",
        str(asked.request_id),
        school=request.school,
        before={"answers": len(before)},
        after={"answers": answer.number, "late_working_days": late},
    )
    return detail(work, asked)


def close_request(work: ReportsUnitOfWork, request: m.CloseRequest) -> m.FigureRequestDetail:
    """End a request; only whoever's scope holds all that were asked may."""
    asked = _locked(work, request.request_id, inside=request.inside)
    schools = {school for school, _ in work.requests.places([asked.request_id])[asked.request_id]}
    if not all(map(work.actor.may_see, schools)):
        raise Problem("resource.not_found")
    asked.check_open()
    closed = replace(
        asked,
        closed_on=work.today,
        closed_by=work.actor.display_name,
        close_reason=request.reason,
        version=asked.version + 1,
    )
    work.requests.save(closed)
    work.audit(
        "request.closed",
        str(asked.request_id),
        school=_only(schools),
        before={"closed_on": None},
        after={"closed_on": work.today.isoformat(), "reason": request.reason},
    )
    return detail(work, closed)


def recompute(work: ReportsUnitOfWork) -> None:
    """Compute the deadlines of open requests anew; the old ones are kept, schools hear of it."""
    for asked in work.requests.open():
        deadline = d.deadline_of(work.calendar, asked.named_on, asked.wording, asked.legal_basis)
        if deadline == asked.deadline:
            continue
        moved = replace(asked, deadline=deadline, version=asked.version + 1)
        work.requests.save(moved)
        if deadline.due_on != asked.deadline.due_on:
            work.requests.replace_deadline(asked.request_id, asked.deadline, work.now)
            if not asked.inside:
                tell(work, moved, work.requests.places([asked.request_id])[asked.request_id])


def tell(work: ReportsUnitOfWork, asked: d.FigureRequest, places: Iterable[Place]) -> None:
    """Tell each school until when it is asked."""
    for school, _ in places:
        event = RequestSent(
            request_id=asked.request_id,
            school=school,
            due_on=asked.deadline.due_on,
            version=asked.version,
        )
        work.tell(event)


def _make(
    work: ReportsUnitOfWork, request: m.RequestBody, places: list[Place], *, inside: bool
) -> d.FigureRequest:
    schools = {school for school, _ in places}
    if not schools <= work.schools.seen_by(work.actor, work.today).keys():
        raise Problem("resource.not_found")
    work.moved_days.hold()
    deadline = d.deadline_of(work.calendar, request.due_on, request.wording, request.legal_basis)
    if deadline.due_on < work.today:
        raise Problem("reports.due_passed", due_on=deadline.due_on.isoformat())
    made = d.FigureRequest(
        request_id=uuid4(),
        inside=inside,
        title=request.title,
        instructions=request.instructions,
        legal_basis=request.legal_basis,
        named_on=request.due_on,
        wording=request.wording,
        deadline=deadline,
        fields=request.fields,
        made_at=work.now,
        made_by=work.actor.display_name,
        closed_on=None,
        closed_by=None,
        close_reason=None,
        version=1,
    )
    work.requests.add(made, places)
    work.audit(
        "request.made",
        str(made.request_id),
        school=_only(schools),
        after={"due_on": deadline.due_on.isoformat(), "asked": len(places), "inside": inside},
    )
    return made


def _locked(work: ReportsUnitOfWork, request_id: UUID, *, inside: bool) -> d.FigureRequest:
    asked = work.requests.lock(request_id, inside=inside)
    if asked is None:
        raise Problem("resource.not_found")
    return asked


def _only(schools: set[str]) -> str | None:
    """The school that an audit row names: the only one, else none."""
    return next(iter(schools)) if len(schools) == 1 else None
