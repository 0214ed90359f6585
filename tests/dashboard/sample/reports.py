"""Reports in every state, each with its deadline explained."""

from datetime import UTC, date, datetime

from contracts.problems import Problem
from contracts.rpc.base import Empty
from contracts.rpc.obligations import (
    DeadlineExplained,
    DeadlineStep,
    FormerDeadline,
    HistoryEntry,
    Obligation,
    ObligationDetail,
    Obligations,
    ObligationState,
    Recipient,
    Submission,
)
from contracts.rpc.preparing import (
    Preparation,
    SignedFile,
    SigningAuthorities,
    SigningAuthority,
)
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.checklist import both
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import TITLES, in_scope
from tests.dashboard.sample.surveys import Q1

KINDS = {
    "cchc_result": both(
        "Báo cáo kết quả cải cách hành chính", "Report on the results of administrative reform"
    ),
    "periodic": both("Báo cáo định kỳ", "Periodic report"),
    "it_application": both("Báo cáo ứng dụng công nghệ thông tin", "Report on IT"),
}
DEADLINE = DeadlineExplained(
    due_on=date(2024, 3, 18),
    rule="sixteenth",
    version=1,
    legal_basis="Nghị định số 09/2019/NĐ-CP ngày 24/01/2019, Điều 8, Điều 12",
    steps=(
        DeadlineStep(
            code="cut_off",
            params={"on": "2024-03-14"},
            words=both("Số liệu chốt hết ngày 14/03/2024", "Figures are cut off on 14/03/2024"),
        ),
        DeadlineStep(
            code="named_by",
            params={"on": "2024-03-16"},
            words=both("Chậm nhất ngày 16/03/2024", "By 16/03/2024"),
        ),
        DeadlineStep(
            code="moved_from",
            params={"on": "2024-03-16"},
            words=both(
                "16/03/2024 và 17/03/2024 là thứ Bảy, Chủ nhật: chuyển sang thứ Hai 18/03/2024",
                "16 and 17 March 2024 are a weekend: moved to Monday 18/03/2024",
            ),
        ),
    ),
)
DUE: dict[ObligationState, date] = {"due_soon": date(2024, 3, 25), "upcoming": date(2024, 4, 5)}
# school → kind → state, days left, days late
STATES: dict[str, dict[str, tuple[ObligationState, int | None, int | None]]] = {
    "cau-vong-giay": {
        "cchc_result": ("submitted_on_time", None, 0),
        "periodic": ("overdue", -2, None),
        "it_application": ("due_soon", 3, None),
    },
    "dam-may-tim": {
        "cchc_result": ("submitted_late", None, 2),
        "periodic": ("received", None, 0),
        "it_application": ("upcoming", 12, None),
    },
    "hoa-hong-mau": {
        "cchc_result": ("received", None, 0),
        "periodic": ("returned", None, 0),
        "it_application": ("exempt", None, None),
    },
    "con-thuyen-la": {
        "cchc_result": ("overdue", -2, None),
        "periodic": ("resubmitted", None, 1),
        "it_application": ("upcoming", 12, None),
    },
}


# school, kind → how far it is inside the school
PREPARED = {
    ("cau-vong-giay", "it_application"): Preparation(
        stage="awaiting_approval",
        writer="Văn thư (thí dụ)",
        note="",
        approved_by=None,
        approved_role=None,
        approved_at=None,
        in_place=False,
    ),
    ("cau-vong-giay", "cchc_result"): Preparation(
        stage="approved",
        writer="Văn thư (thí dụ)",
        note="",
        approved_by="Hiệu trưởng (thí dụ)",
        approved_role="principal",
        approved_at=datetime(2024, 3, 18, 2, 0, tzinfo=UTC),
        in_place=False,
    ),
}
SIGNED = ("cau-vong-giay", "cchc_result")
SENT_FILE = Submission(
    number=1,
    submitted_at=datetime(2024, 3, 18, 3, 0, tzinfo=UTC),
    submitted_on=date(2024, 3, 18),
    late_working_days=0,
    by_role="clerk",
    by_name="Văn thư (thí dụ)",
    note="",
    signed_file=SignedFile(
        file_name="12-BC-CVG.pdf",
        size_bytes=48_213,
        sha256="9f2c" * 16,
        sent_at=datetime(2024, 3, 18, 3, 0, tzinfo=UTC),
        recorded_at=datetime(2024, 3, 18, 4, 0, tzinfo=UTC),
    ),
)
AUTHORITY = SigningAuthority(
    authority_id=made("authority"),
    school="cau-vong-giay",
    deputy=made("deputy"),
    deputy_name="Phó hiệu trưởng (thí dụ)",
    valid_from=date(2024, 3, 1),
    valid_to=date(2024, 3, 31),
    reason="Hiệu trưởng đi tập huấn",
    given_by="Hiệu trưởng (thí dụ)",
    given_at=datetime(2024, 2, 28, 3, 0, tzinfo=UTC),
    ended_at=None,
)


def obligation(school: str, kind: str) -> ObligationDetail:
    """One report with its deadline explained and its history."""
    prepared = PREPARED.get((school, kind))
    state, left, late = STATES[school][kind]
    sent = date(2024, 3, 18 + late) if late is not None else None
    return ObligationDetail(
        obligation_id=made(f"{school} {kind}"),
        school=school,
        school_title=TITLES[school],
        kind=kind,
        kind_words=KINDS[kind],
        period=Q1,
        state=state,
        due_on=DUE.get(state, DEADLINE.due_on),
        deadline=DEADLINE,
        working_days_left=left,
        submitted_on=sent,
        late_working_days=late,
        submissions=int(sent is not None),
        received_on=date(2024, 3, 20) if state == "received" else None,
        version=3,
        correlation_id=made(f"chain {school} {kind}"),
        recipients=(
            Recipient(
                words=both("Ủy ban nhân dân cấp trên", "Authority above"),
                purpose=both("b/cáo", "for report"),
            ),
            Recipient(words=both("Văn thư", "Registry"), purpose=both("Lưu", "on file")),
        ),
        checklist=(
            both("Số liệu chính so với kỳ trước", "Main figures"),
            both("Kiến nghị, đề xuất", "Proposals"),
        ),
        written=(1,),
        former_deadlines=(
            FormerDeadline(
                deadline=DEADLINE.model_copy(update={"due_on": date(2024, 3, 15)}),
                replaced_at=datetime(2024, 3, 1, 2, 0, tzinfo=UTC),
            ),
        ),
        submitted=(SENT_FILE,) if (school, kind) == SIGNED else (),
        preparation=prepared,
        stage=None if prepared is None else prepared.stage,
        history=(
            _step("created", "system", ""),
            _step("due_soon", "system", ""),
            _step("overdue" if state == "overdue" else "submitted", "clerk", "12/BC (thí dụ)"),
        ),
    )


def _step(what: str, role: str, note: str) -> HistoryEntry:
    return HistoryEntry.model_validate(
        {
            "at": datetime(2024, 3, 18, 3, 0, tzinfo=UTC),
            "what": what,
            "by_role": role,
            "by_name": "" if role == "system" else "Văn thư (thí dụ)",
            "note": note,
            "params": {"working_days_left": "3"} if what == "due_soon" else {},
        }
    )


ALL = [obligation(school, kind) for school in TITLES for kind in KINDS]
LATE = str(made("con-thuyen-la cchc_result"))
OWN_OVERDUE = str(made("cau-vong-giay periodic"))
OWN_WAITING = str(made("cau-vong-giay it_application"))
OWN_SENT = str(made("cau-vong-giay cchc_result"))
SENT_LATE = str(made("dam-may-tim cchc_result"))


def list_obligations(asked: Asked) -> Obligations:
    return Obligations(
        items=tuple(Obligation(**o.model_dump()) for o in ALL if in_scope(asked, o.school))
    )


def get_obligation(asked: Asked) -> ObligationDetail:
    for one in ALL:
        if str(one.obligation_id) == asked.path["obligation_id"] and in_scope(asked, one.school):
            return one
    raise Problem("resource.not_found")


ROUTES: dict[str, Route] = {
    "GET /obligations": list_obligations,
    "GET /obligations/{obligation_id}": get_obligation,
    "POST /obligations/{obligation_id}/submit": lambda _: Empty(),
    "POST /obligations/{obligation_id}/receive": lambda _: Empty(),
    "POST /obligations/{obligation_id}/return": lambda _: Empty(),
    "POST /obligations/{obligation_id}/exempt": lambda _: Empty(),
    "POST /obligations/{obligation_id}/extend": lambda _: Empty(),
    "POST /obligations/{obligation_id}/draft": lambda _: Empty(),
    "POST /obligations/{obligation_id}/hand-in": lambda _: Empty(),
    "POST /obligations/{obligation_id}/give-back": lambda _: Empty(),
    "POST /obligations/{obligation_id}/approve": lambda _: Empty(),
    "POST /obligations/{obligation_id}/withdraw": lambda _: Empty(),
    "POST /obligations/{obligation_id}/e-office": lambda _: Empty(),
    "GET /schools/{school}/signing-authorities": lambda _: SigningAuthorities(items=(AUTHORITY,)),
    "POST /schools/{school}/signing-authorities": lambda _: Empty(),
    "POST /signing-authorities/{authority_id}/end": lambda _: Empty(),
}
