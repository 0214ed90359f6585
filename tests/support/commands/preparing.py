"""Commands on reports inside their schools."""

from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import uuid4

from tests.support.commands.given import Command, Given, about, reason, saying
from tests.support.place import EVERY_PART, MARK, Place, number

AUTHORITIES: Final = "POST /api/v1/schools/{school}/signing-authorities"


def _sent(place: Place) -> Given:
    """A signed report that nobody sent before, sent just now."""
    report = place.obligation()
    content = b"%PDF-1.7\n% " + str(number()).encode() + str(uuid4()).encode() + b"\n%%EOF\n"
    return saying(
        about(obligation_id=report),
        sent_at=datetime.now(UTC).isoformat(),
        file_name=f"Báo cáo {MARK}.pdf",
        content=b64encode(content).decode(),
        note=reason(),
        holds=EVERY_PART,
    )


def _corrected(place: Place) -> Given:
    report = place.draft()
    path = {"obligation_id": report}
    route = "GET /api/v1/obligations/{obligation_id}/figures"
    found = place.ask(route, place.token("principal"), path).json()["figures"]
    named = about(obligation_id=report, figure=found[0]["code"])
    return saying(named, value=7.0, reason=reason())


def _authority(place: Place) -> Given:
    today = datetime.now(UTC).date()
    return saying(
        about(school=place.school),
        deputy=str(uuid4()),
        deputy_name=f"Người {MARK}",
        valid_from=str(today),
        valid_to=str(today + timedelta(days=30)),
        reason=reason(),
    )


def _given_authority(place: Place) -> Given:
    body = _authority(place).body
    route = f"POST /schools/{place.school}/signing-authorities"
    return about(authority_id=place.send(route, "principal", **body)["authority_id"])


COMMANDS: Final[dict[str, Command]] = {
    "POST /api/v1/obligations/{obligation_id}/draft": Command(
        "reports",
        "principal",
        "report.draft_begun",
        "obligation_id",
        lambda place: about(obligation_id=place.unprepared()),
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/hand-in": Command(
        "reports",
        "principal",
        "report.handed_in",
        "obligation_id",
        lambda place: saying(about(obligation_id=place.draft()), note=reason()),
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/give-back": Command(
        "reports",
        "principal",
        "report.given_back",
        "obligation_id",
        lambda place: saying(about(obligation_id=place.draft(handed_in=True)), reason=reason()),
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/approve": Command(
        "reports",
        "principal",
        "report.approved",
        "obligation_id",
        lambda place: about(obligation_id=place.draft(handed_in=True)),
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/withdraw": Command(
        "reports",
        "principal",
        "report.withdrawn",
        "obligation_id",
        lambda place: saying(
            about(obligation_id=place.obligation(submitted=True)), reason=reason()
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/e-office": Command(
        "reports",
        "principal",
        "report.sent_by_e_office",
        "obligation_id",
        _sent,
        before=True,
        after=True,
    ),
    "POST /api/v1/obligations/{obligation_id}/figures/{figure}": Command(
        "reports",
        "principal",
        "report.figure_corrected",
        "obligation_id",
        _corrected,
        before=True,
        after=True,
    ),
    AUTHORITIES: Command(
        "reports",
        "principal",
        "signing_authority.given",
        "authority_id",
        _authority,
        after=True,
        spoilt={"valid_from": str(date(2024, 3, 1)), "valid_to": str(date(2024, 3, 2))},
    ),
    "POST /api/v1/signing-authorities/{authority_id}/end": Command(
        "reports",
        "principal",
        "signing_authority.ended",
        "authority_id",
        _given_authority,
        before=True,
        after=True,
    ),
}
