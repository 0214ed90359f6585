"""Commands of inspections."""

from typing import Final

from tests.support.commands.given import Command, Given, about, reason, saying

COMMANDS: Final[dict[str, Command]] = {
    "POST /api/v1/inspections": Command(
        "inspections",
        "principal",
        "create_inspection",
        "inspection_id",
        lambda place: (
            Given(body={"school": place.school, "kind": "planned", "note": reason()})
            if place.known
            else Given()
        ),
        after=True,
        spoilt={"school": "khong-co"},
    ),
    "POST /api/v1/inspections/{inspection_id}/order": Command(
        "inspections",
        "principal",
        "order_inspection",
        "inspection_id",
        lambda place: saying(about(inspection_id=place.inspection()), decision_number="05/QĐ"),
        before=True,
        after=True,
    ),
    "POST /api/v1/inspections/{inspection_id}/dismiss": Command(
        "inspections",
        "principal",
        "dismiss_inspection",
        "inspection_id",
        lambda place: saying(about(inspection_id=place.inspection()), reason=reason()),
        before=True,
        after=True,
    ),
    "POST /api/v1/inspections/{inspection_id}/complete": Command(
        "inspections",
        "principal",
        "complete_inspection",
        "inspection_id",
        lambda place: saying(
            about(inspection_id=place.inspection(ordered=True)),
            results=[{"item": "K5", "met": False, "note": reason(), "severity": 2}],
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/findings/{finding_id}/remedies": Command(
        "inspections",
        "principal",
        "assign_remedy",
        "remedy_id",
        lambda place: saying(
            about(finding_id=place.finding()), kind="posting", description=reason()
        ),
        after=True,
    ),
    "POST /api/v1/remedies/{remedy_id}/close": Command(
        "inspections",
        "principal",
        "close_remedy",
        "remedy_id",
        lambda place: saying(about(remedy_id=place.remedy()), evidence=reason(), explanation="có"),
        before=True,
        after=True,
    ),
    "PUT /api/v1/trigger-rules/{code}": Command(
        "inspections",
        "operator",
        "change_trigger_rule",
        "code",
        lambda _: Given({"code": "improper-demand"}, {"legal_basis": reason(), "enabled": True}),
        of_school=False,
        before=True,
        after=True,
    ),
    "POST /api/v1/improvement-tasks/{task_id}/close": Command(
        "inspections",
        "principal",
        "close_improvement_task",
        "task_id",
        lambda place: saying(about(task_id=place.task()), evidence=reason()),
        before=True,
        after=True,
    ),
    "POST /api/v1/petitions": Command(
        "inspections",
        "principal",
        "receive_petition",
        "petition_id",
        lambda place: (
            Given(body=place.petition_body() | {"received_on": None}) if place.known else Given()
        ),
        after=True,
        spoilt={"school": "khong-co"},
    ),
    "POST /api/v1/petitions/{petition_id}/answer": Command(
        "inspections",
        "principal",
        "answer_petition",
        "petition_id",
        lambda place: saying(about(petition_id=place.petition()), text=reason()),
        before=True,
        after=True,
    ),
}
