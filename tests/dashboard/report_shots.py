"""The pictures of docs/reports.md: where each is taken, and of what."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Final

from contracts.rpc.documents import Document, Documents
from contracts.rpc.requests import DataRequestDetail
from gateway.exports import urging
from gateway.routes.reminders import Urging
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample import documents, reminders, reports, requests
from tests.dashboard.sample.schools import TITLES
from tests.dashboard.shots import FOLDED, MAIN, Shot, heading, unfold

report = partial(Shot, guide="reports")
WAITING: Final = f"reports?obligation={reports.OWN_WAITING}"
OVERDUE: Final = f"reports?obligation={reports.OWN_OVERDUE}"
FORM: Final = f"{MAIN} [data-testid=stForm]"


def _late(_: Asked) -> Urging:
    found = [
        reminders.REMINDERS[0].model_copy(update={"school": school, "school_title": TITLES[school]})
        for school in ("cau-vong-giay", "con-thuyen-la")
    ]
    return Urging(words=urging.of_all("vi", found), reminded=len(found))


def _draft_alone(_: Asked) -> Documents:
    draft: Document = documents.ALL[0]
    return Documents(items=(draft,))


def _due_soon(asked: Asked) -> DataRequestDetail:
    soon = {"working_days_left": 3, "due_on": date(2024, 3, 25)}
    return requests.get_request(asked).model_copy(update=soon)


def _of(name: str, route: Route) -> Mapping[str, Route]:
    return {name: route}


REPORT_SHOTS: Final = (
    report("week", "principal", "my_school", ends=heading("Nhắc việc")),
    report(
        "deadline",
        "principal",
        OVERDUE,
        starts=heading("Hạn nộp và vì sao"),
        ends=heading("Số liệu của báo cáo"),
    ),
    report(
        "figures",
        "clerk",
        WAITING,
        starts=heading("Số liệu của báo cáo"),
        ends=heading("Văn bản"),
    ),
    report(
        "document",
        "clerk",
        OVERDUE,
        starts=heading("Văn bản"),
        ends=heading("Soạn và duyệt"),
        routes=_of("GET /obligations/{obligation_id}/documents", _draft_alone),
    ),
    report(
        "e-office",
        "principal",
        OVERDUE,
        starts=heading("Gửi báo cáo"),
        ends=heading("Quá trình xử lý"),
        act=unfold("Đã gửi qua e-office"),
    ),
    report(
        "request",
        "clerk",
        f"requests?request={requests.REQUEST.request_id}",
        ends=heading("Câu trả lời"),
        routes=_of("GET /requests/{request_id}", _due_soon),
    ),
    report("matrix", "district_officer", "reports", ends=heading("Đôn đốc qua Zalo")),
    report(
        "extend",
        "district_officer",
        OVERDUE,
        starts=FOLDED,
        ends=heading("Quá trình xử lý"),
        act=unfold("Gia hạn"),
    ),
    report(
        "reminders",
        "district_officer",
        "reports",
        starts=heading("Đôn đốc qua Zalo"),
        ends=FOLDED,
        routes=_of("GET /reminders/text", _late),
    ),
)
