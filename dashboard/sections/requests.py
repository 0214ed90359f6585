"""Requests, or collections inside a school: as a list, and as what is due."""

from dashboard.duties import may
from dashboard.markup import show
from dashboard.sections.dues import Due
from dashboard.sections.heading import nothing, section
from dashboard.shapes.requests import FigureRequests
from dashboard.visit import Visit, current


def request_list(*, inside: bool) -> None:
    """Draw the requests in scope, open ones first."""
    visit = current()
    t = visit.words
    path = "/collections" if inside else "/requests"
    found = visit.gateway.get(path, FigureRequests)["items"]
    title, note, none = (
        (t("collections.title"), t("collections.note"), t("collections.none"))
        if inside
        else (t("request.list_title"), t("request.list_note"), t("request.list_none"))
    )
    section(title, count=len(found), note=note)
    if found:
        show("requests.html", requests=found, opens="collection" if inside else "request")
    else:
        nothing(none)


def requests_due(visit: Visit, school: str | None, state: str | None) -> list[Due]:
    """Requests and collections that somebody of the school has not answered, late or not yet."""
    t = visit.words
    lists = [("/requests", "request", t("due.sort.request"))]
    if may(visit.role, "collection.read"):
        lists.append(("/collections", "collection", t("due.sort.collection")))
    return [
        Due(
            sort,
            one["title"],
            "",
            one["due_on"],
            one["working_days_left"],
            "requests",
            {opens: one["request_id"]},
        )
        for path, opens, sort in lists
        for one in visit.gateway.get(path, FigureRequests, school=school)["items"]
        if one["working_days_left"] is not None and bool(one["overdue"]) == (state == "overdue")
    ]
