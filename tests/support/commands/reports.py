"""Commands of reports."""

import base64
from typing import Final

from reports.domain.documents.building import build
from tests.support.commands.given import Command, Given, about, reason, saying
from tests.support.place import EVERY_PART, MARK, number


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


COMMANDS: Final[dict[str, Command]] = {
    "POST /api/v1/obligations/{obligation_id}/submit": Command(
        "reports",
        "principal",
        "report.submitted",
        "obligation_id",
        lambda place: saying(
            about(obligation_id=place.obligation()), note=reason(), holds=EVERY_PART
        ),
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
    "POST /api/v1/obligations/{obligation_id}/documents": Command(
        "reports",
        "clerk",
        "document.composed",
        "document_id",
        lambda place: saying(about(obligation_id=place.draft()), **place.document_body()),
        before=True,
        after=True,
    ),
    "POST /api/v1/documents/{document_id}/number": Command(
        "reports",
        "clerk",
        "document.numbered",
        "document_id",
        lambda place: saying(
            about(document_id=place.document()),
            number=number(),
            signer=f"Người {MARK}",
            issued_on="2024-03-15",
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/document-templates/{kind}": Command(
        "reports",
        "district_officer",
        "template.added",
        lambda _, answer: f"{answer['kind']}/{answer['version']}",
        lambda _: Given({"kind": "training"}, {"content": _base64(build())}),
        of_school=False,
        after=True,
        spoilt={"content": _base64(b"no Word document")},
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
    "POST /api/v1/obligations/{obligation_id}/extend": Command(
        "reports",
        "district_officer",
        "report.extended",
        "obligation_id",
        lambda place: saying(
            about(obligation_id=(owed := place.untouched())),
            due_on=place.later_than(owed),
            reason=reason(),
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/schools/{school}/mail-addresses": Command(
        "reports",
        "district_officer",
        "mail_addresses.set",
        "school",
        lambda place: saying(about(school=place.school), addresses=[f"mau{number()}@example.vn"]),
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
        spoilt={"schools": ["khong-co"]},
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
        spoilt={"school": "khong-co"},
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
