"""Questions about requests, and how they are told: each reader sees their own schools' part."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc import requests as m
from contracts.rpc.obligations import FormerDeadline
from reports.application import wording
from reports.application.staff import told_name
from reports.domain import requests as d
from reports.storage.requests import Place
from reports.storage.unit_of_work import ReportsUnitOfWork

Answers = Mapping[Place, Sequence[d.Answer]]


def list_requests(work: ReportsUnitOfWork, request: m.ListRequests) -> m.FigureRequests:
    """The requests in scope, open ones first, then by deadline."""
    found = work.requests.listed(work.actor, inside=request.inside, school=request.school)
    ids = [one.request_id for one in found]
    places, answers = work.requests.places(ids), work.requests.answers(ids)
    open_now = work.schools.seen_by(work.actor, work.today).keys()
    return m.FigureRequests(
        items=tuple(
            _summary(work, one, _standings(work, one, places[one.request_id], answers, open_now))
            for one in found
        )
    )


def get_request(work: ReportsUnitOfWork, request: m.GetRequest) -> m.FigureRequestDetail:
    """One request; raises `Problem` where nobody in scope was asked."""
    found = work.requests.get(request.request_id, inside=request.inside)
    if found is None:
        raise Problem("resource.not_found")
    return detail(work, found)


def detail(work: ReportsUnitOfWork, request: d.FigureRequest) -> m.FigureRequestDetail:
    """Return a request with the answers in scope; raises `Problem` where there is nobody."""
    ids = [request.request_id]
    places = _seen(work, work.requests.places(ids)[request.request_id])
    if not places:
        raise Problem("resource.not_found")
    answers = work.requests.answers(ids)
    open_now = work.schools.seen_by(work.actor, work.today).keys()
    standings = _standings(work, request, places, answers, open_now)
    given = answers[request.request_id]
    titles = work.schools.titles({school for school, _ in places})
    newest = [given[place][-1].values for place in places if place in given]
    former = work.requests.former_deadlines(request.request_id)
    return m.FigureRequestDetail(
        **dict(_summary(work, request, standings)),
        instructions=request.instructions,
        legal_basis=request.legal_basis,
        fields=request.fields,
        deadline=wording.explained(request.deadline),
        former_deadlines=tuple(
            FormerDeadline(deadline=wording.explained(old), replaced_at=at) for old, at in former
        ),
        made_at=request.made_at,
        made_by=request.made_by,
        closed_by=request.closed_by,
        close_reason=request.close_reason,
        addressees=tuple(
            m.Addressee(
                school=school,
                school_title=titles[school],
                team=team,
                state=standings[school, team],
                answer=_answer(work, given.get((school, team), ())),
            )
            for school, team in sorted(places, key=lambda place: (titles[place[0]], place[1]))
        ),
        totals=tuple(d.totals(request.fields, newest)),
    )


def _seen(work: ReportsUnitOfWork, places: Sequence[Place]) -> list[Place]:
    return [place for place in places if work.actor.may_see(place[0])]


def _standings(
    work: ReportsUnitOfWork,
    request: d.FigureRequest,
    places: Sequence[Place],
    answers: Mapping[UUID, Answers],
    open_now: Collection[str],
) -> dict[Place, m.AddresseeState]:
    """Return how those in scope stand; a school that is closed answers no more."""
    given = answers[request.request_id]
    found: dict[Place, m.AddresseeState] = {}
    for place in _seen(work, places):
        answered = given.get(place)
        if answered or place[0] in open_now:
            first = answered[0] if answered else None
            found[place] = d.state_of(request, first, work.today)
        else:
            found[place] = "not_answered"
    return found


def _summary(
    work: ReportsUnitOfWork, request: d.FigureRequest, standings: Mapping[Place, m.AddresseeState]
) -> m.FigureRequest:
    states = list(standings.values())
    due_on = request.deadline.due_on
    left = -late if (late := work.calendar.late(due_on, work.today)) else None
    if left is None:
        left = work.calendar.count(work.today, due_on)
    waiting = request.closed_on is None and {"open", "overdue"} & set(states)
    return m.FigureRequest(
        request_id=request.request_id,
        title=request.title,
        due_on=due_on,
        working_days_left=left if waiting else None,
        closed_on=request.closed_on,
        asked=len(states),
        answered=sum(state.startswith("answered") for state in states),
        overdue=states.count("overdue"),
    )


def _answer(work: ReportsUnitOfWork, given: Sequence[d.Answer]) -> m.Answer | None:
    if not given:
        return None
    first, last = given[0], given[-1]
    return m.Answer(
        number=last.number,
        values=dict(last.values),
        answered_at=last.answered_at,
        by_role=last.by_role,
        by_name=told_name(work, last.by_role, last.by_name),
        answered_on=first.answered_on,
        late_working_days=first.late_working_days,
    )
