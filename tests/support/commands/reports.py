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
}
