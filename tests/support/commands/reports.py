"""Commands of reports."""

from typing import Final

from tests.support.commands.given import Command, about, reason, saying

COMMANDS: Final[dict[str, Command]] = {
    "POST /api/v1/obligations/{obligation_id}/submit": Command(
        "reports",
        "principal",
        "report.submitted",
        "obligation_id",
        lambda place: saying(about(obligation_id=place.obligation()), note=reason()),
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/receive": Command(
        "reports",
        "district_officer",
        "report.received",
        "obligation_id",
        lambda place: about(obligation_id=place.obligation(submitted=True)),
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/return": Command(
        "reports",
        "district_officer",
        "report.returned",
        "obligation_id",
        lambda place: saying(
            about(obligation_id=place.obligation(submitted=True)), reason=reason()
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/exempt": Command(
        "reports",
        "district_officer",
        "report.exempted",
        "obligation_id",
        lambda place: saying(about(obligation_id=place.untouched()), reason=reason()),
        before=True,
        after=True,
    ),
    "POST /api/v1/requests": Command(
        "reports",
        "district_officer",
        "request.made",
        "request_id",
        lambda place: saying(about(), **place.request_body()),
        after=True,
    ),
    "POST /api/v1/requests/{request_id}/answer": Command(
        "reports",
        "principal",
        "request.answered",
        "request_id",
        lambda place: saying(about(request_id=place.request()), **place.answer_of_school()),
        before=True,
        after=True,
    ),
    "POST /api/v1/requests/{request_id}/close": Command(
        "reports",
        "district_officer",
        "request.closed",
        "request_id",
        lambda place: saying(about(request_id=place.request()), reason=reason()),
        before=True,
        after=True,
    ),
    "POST /api/v1/collections": Command(
        "reports",
        "principal",
        "request.made",
        "request_id",
        lambda place: saying(about(), **place.collection_body()),
        after=True,
    ),
    "POST /api/v1/collections/{collection_id}/answer": Command(
        "reports",
        "principal",
        "request.answered",
        "collection_id",
        lambda place: saying(about(collection_id=place.collection()), **place.answer_of_team()),
        before=True,
        after=True,
    ),
    "POST /api/v1/collections/{collection_id}/close": Command(
        "reports",
        "principal",
        "request.closed",
        "collection_id",
        lambda place: saying(about(collection_id=place.collection()), reason=reason()),
        before=True,
        after=True,
    ),
}
