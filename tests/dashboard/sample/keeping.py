"""How long words are kept in the sample, and what is erased before."""

from datetime import date
from typing import Any

from contracts.rpc.base import Empty
from contracts.rpc.data_requests import DataRequest, DataRequests
from contracts.rpc.keeping import KeepingRule, KeepingRules
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import OWN, TITLES, in_scope

BASIS = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"
RULES = KeepingRules(
    items=(
        KeepingRule(
            words="comments",
            valid_from=date(2026, 6, 1),
            months=12,
            legal_basis="Công văn số 12/GDĐT (thí dụ)",
            in_force=False,
        ),
        KeepingRule(
            words="comments",
            valid_from=date(2026, 1, 1),
            months=24,
            legal_basis=BASIS,
            in_force=True,
        ),
        KeepingRule(
            words="reports",
            valid_from=date(2026, 1, 1),
            months=60,
            legal_basis=BASIS,
            in_force=True,
        ),
    )
)


def request(name: str, school: str, day: int, **more: Any) -> DataRequest:
    """A request that the office received in March 2026."""
    given = {
        "request_id": made(name),
        "school": school,
        "school_title": TITLES[school],
        "kind": "erasure",
        "reference": f"Số đến {day} ngày {day:02}/03/2026",
        "state": "received",
        "received_on": date(2026, 3, day),
        "reply_due_on": date(2026, 3, day + 2),
        "replied_on": None,
        "act_due_on": date(2026, 3, day + 20),
        "ended_on": None,
        "note": "",
        "late": False,
        "legal_basis": BASIS,
    }
    return DataRequest.model_validate(given | more)


WAITING = request("request late", OWN, 2, late=True)
REPLIED = request(
    "request replied", OWN, 4, kind="access", state="replied", replied_on=date(2026, 3, 5)
)
ENDED = request(
    "request done",
    "dam-may-tim",
    1,
    state="done",
    replied_on=date(2026, 3, 2),
    ended_on=date(2026, 3, 9),
    note="Đã xóa một ý kiến (thí dụ)",
)


def list_data_requests(asked: Asked) -> DataRequests:
    found = (WAITING, REPLIED, ENDED)
    return DataRequests(items=tuple(one for one in found if in_scope(asked, one.school)))


ROUTES: dict[str, Route] = {
    "GET /keeping-rules": lambda _: RULES,
    "POST /keeping-rules": lambda _: Empty(),
    "POST /campaigns/{campaign_id}/comments/{comment_id}/erase": lambda _: Empty(),
    "POST /demands/{report_id}/erase": lambda _: Empty(),
    "GET /data-requests": list_data_requests,
    "POST /data-requests": lambda _: Empty(),
    "POST /data-requests/{request_id}/reply": lambda _: Empty(),
    "POST /data-requests/{request_id}/end": lambda _: Empty(),
}
