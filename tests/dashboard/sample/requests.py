"""A request of the district half answered, and a collection inside a school."""

from datetime import UTC, date, datetime

from contracts.problems import Problem
from contracts.rpc.base import Empty
from contracts.rpc.requests import (
    Addressee,
    Answer,
    FieldTotal,
    FigureRequest,
    FigureRequestDetail,
    FigureRequests,
    RequestField,
)
from gateway.routes.requests import Reminder
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.reports import DEADLINE
from tests.dashboard.sample.schools import DISTRICT, OWN, TITLES, in_scope

FIELDS = (
    RequestField(code="c1", label="Số trẻ nghỉ ốm", kind="number"),
    RequestField(code="c2", label="Nguyên nhân", kind="text", required=False),
)
ANSWER = Answer(
    number=1,
    values={"c1": 7, "c2": "Cảm cúm"},
    answered_at=datetime(2024, 3, 20, 2, 0, tzinfo=UTC),
    by_role="clerk",
    by_name="Văn thư (thí dụ)",
    answered_on=date(2024, 3, 20),
    late_working_days=2,
)


def told(name: str, addressees: tuple[Addressee, ...]) -> FigureRequestDetail:
    return FigureRequestDetail(
        request_id=made(name),
        title="Số trẻ nghỉ ốm trong tuần",
        due_on=DEADLINE.due_on,
        working_days_left=-2,
        closed_on=None,
        asked=len(addressees),
        answered=sum(one.answer is not None for one in addressees),
        overdue=sum(one.state == "overdue" for one in addressees),
        instructions="Chỉ tính trẻ có phép.",
        legal_basis="Công văn số 12/PGDĐT (thí dụ)",
        fields=FIELDS,
        deadline=DEADLINE,
        former_deadlines=(),
        made_at=datetime(2024, 3, 1, 2, 0, tzinfo=UTC),
        made_by="Cán bộ Phòng (mẫu)",
        closed_by=None,
        close_reason=None,
        addressees=addressees,
        totals=(FieldTotal(code="c1", answers=1, total=7),),
    )


def asked_of(school: str, team: str = "", *, answered: bool) -> Addressee:
    return Addressee(
        school=school,
        school_title=TITLES[school],
        team=team,
        state="answered_late" if answered else "overdue",
        answer=ANSWER if answered else None,
    )


REQUEST = told(
    "request", tuple(asked_of(school, answered=school != OWN) for school in list(TITLES)[:2])
)
COLLECTION = told(
    "collection",
    (asked_of(OWN, "Tổ Lá (thí dụ)", answered=True), asked_of(OWN, "Tổ Mầm", answered=False)),
)


def seen(asked: Asked, one: FigureRequestDetail) -> FigureRequestDetail:
    kept = tuple(who for who in one.addressees if in_scope(asked, who.school))
    return one.model_copy(update={"addressees": kept})


def listed(one: FigureRequestDetail) -> FigureRequests:
    return FigureRequests(items=(FigureRequest(**one.model_dump()),))


def get_request(asked: Asked) -> FigureRequestDetail:
    if asked.path["request_id"] != str(REQUEST.request_id):
        raise Problem("resource.not_found")
    return seen(asked, REQUEST)


def get_collection(asked: Asked) -> FigureRequestDetail:
    if asked.role in DISTRICT or asked.path["collection_id"] != str(COLLECTION.request_id):
        raise Problem("resource.not_found")
    return COLLECTION


def remind(_: Asked) -> Reminder:
    return Reminder(words=f"Còn 1 đơn vị chưa gửi:\n- {TITLES[OWN]}", reminded=1)


ROUTES: dict[str, Route] = {
    "GET /requests": lambda _: listed(REQUEST),
    "POST /requests": lambda _: Empty(),
    "GET /requests/{request_id}": get_request,
    "GET /requests/{request_id}/reminder": remind,
    "POST /requests/{request_id}/answer": lambda _: Empty(),
    "POST /requests/{request_id}/close": lambda _: Empty(),
    "GET /collections": lambda _: listed(COLLECTION),
    "POST /collections": lambda _: Empty(),
    "GET /collections/{collection_id}": get_collection,
    "GET /collections/{collection_id}/reminder": remind,
    "POST /collections/{collection_id}/answer": lambda _: Empty(),
    "POST /collections/{collection_id}/close": lambda _: Empty(),
}
