"""Findings with their remedies, improvement tasks, petitions, the ratio of surprise checks."""

from datetime import date
from typing import TypeVar

from contracts.rpc.base import Empty
from contracts.rpc.duty import DutyRatio, DutyRatios
from contracts.rpc.improvement import ImprovementTask, ImprovementTasks
from contracts.rpc.petitions import Petition, Petitions
from contracts.rpc.remedies import DueChange, Finding, Remedies, Remedy
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample import surveys, traces
from tests.dashboard.sample.checklist import both
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import OWN, TITLES, in_scope

Matter = TypeVar("Matter", Remedy, ImprovementTask, Petition)

NOTE = "Khoản thu khi cấp giấy xác nhận không có căn cứ (thí dụ)."
MOVED = DueChange(
    old_due_on=date(2024, 3, 19),
    new_due_on=date(2024, 3, 20),
    changed_on=date(2024, 3, 18),
    legal_basis="Thông báo hoán đổi ngày làm việc (mẫu)",
)
OPEN = Remedy(
    remedy_id=made("open remedy"),
    finding_id=made("finding K15"),
    inspection_id=made("inspection"),
    school=OWN,
    school_title=TITLES[OWN],
    item="K15",
    kind="training",
    severity=3,
    description="Tập huấn bảo mật dữ liệu của trẻ cho bộ phận văn phòng (thí dụ).",
    state="open",
    assigned_on=date(2024, 3, 7),
    due_on=date(2024, 3, 22),
    due_changes=(),
    working_days_left=2,
    late_working_days=0,
    explanation_required=True,
    explanation=None,
    closed_on=None,
    evidence=None,
    correlation_id=traces.MATTER,
    version=1,
)
CLOSED = OPEN.model_copy(
    update={
        "remedy_id": made("remedy"),
        "finding_id": made("finding K10"),
        "item": "K10",
        "kind": "refund",
        "severity": 2,
        "description": "Hoàn trả khoản thu và niêm yết lại danh mục thủ tục (thí dụ).",
        "state": "closed",
        "due_on": date(2024, 3, 20),
        "working_days_left": None,
        "explanation_required": False,
        "closed_on": date(2024, 3, 12),
        "evidence": "Biên bản hoàn trả, ảnh bảng niêm yết (thí dụ).",
    }
)
OVERDUE = OPEN.model_copy(
    update={
        "remedy_id": made("overdue remedy"),
        "inspection_id": made("escalated"),
        "school": "dam-may-tim",
        "school_title": TITLES["dam-may-tim"],
        "item": "K5",
        "kind": "posting",
        "severity": 1,
        "description": "Niêm yết lại thủ tục còn hiệu lực (thí dụ).",
        "state": "overdue",
        "due_on": date(2024, 3, 15),
        "working_days_left": -3,
        "late_working_days": 3,
        "explanation_required": False,
    }
)


def _finding(item: str, vi: str, remedies: tuple[Remedy, ...], *, severe: bool) -> Finding:
    return Finding(
        finding_id=made(f"finding {item}"),
        item=item,
        words=both(vi, f"Item {item}"),
        kind="arbitrary_demand" if severe else "unmet_item",
        severity=4 if severe else 2,
        note=NOTE,
        found_on=date(2024, 3, 7),
        remedy_due_on=date(2024, 3, 21),
        escalated_on=None,
        remedies=remedies,
    )


FINDINGS = (
    _finding("K10", "Khoản thu có căn cứ, được công khai", (CLOSED,), severe=False),
    _finding("K15", "Bảo mật dữ liệu của trẻ", (OPEN,), severe=False),
    _finding("K9", "Không yêu cầu giấy tờ ngoài quy định", (), severe=True),
)
TASK = ImprovementTask(
    task_id=made("task"),
    school="dam-may-tim",
    school_title=TITLES["dam-may-tim"],
    campaign_id=surveys.NOT_MET,
    rule="below-target",
    state="open",
    assigned_on=date(2024, 3, 15),
    due_on=date(2024, 4, 12),
    due_changes=(),
    working_days_left=17,
    late_working_days=0,
    closed_on=None,
    evidence=None,
    correlation_id=traces.MATTER,
    version=1,
)
OWN_TASK = TASK.model_copy(
    update={"task_id": made("own task"), "school": OWN, "school_title": TITLES[OWN]}
)
PETITION = Petition(
    petition_id=made("petition"),
    receipt="PA-7KQ2-M4XD",
    school=OWN,
    school_title=TITLES[OWN],
    kind="petition",
    source="public",
    about_procedures=True,
    concerns_head=False,
    text="Đề nghị ghi rõ thời hạn trả giấy xác nhận (thí dụ).",
    contact="",
    state="open",
    received_on=date(2024, 3, 5),
    due_on=date(2024, 3, 26),
    due_changes=(),
    working_days_left=4,
    late_working_days=0,
    answered_on=None,
    answer=None,
    correlation_id=traces.MATTER,
    version=1,
)
ANSWERED = PETITION.model_copy(
    update={
        "petition_id": made("answered petition"),
        "receipt": "GY-1ABC-9XYZ",
        "kind": "suggestion",
        "state": "answered",
        "working_days_left": None,
        "answered_on": date(2024, 3, 8),
        "answer": "Nhà trường đã bổ sung thời hạn vào bảng niêm yết (thí dụ).",
    }
)


def list_remedies(asked: Asked) -> Remedies:
    return Remedies(items=tuple(_wanted(asked, OVERDUE, OPEN, CLOSED)))


def list_tasks(asked: Asked) -> ImprovementTasks:
    return ImprovementTasks(items=tuple(_wanted(asked, TASK, OWN_TASK)))


def list_petitions(asked: Asked) -> Petitions:
    return Petitions(items=tuple(_wanted(asked, PETITION, ANSWERED)))


def _wanted(asked: Asked, *all_of_them: Matter) -> list[Matter]:
    state = asked.query.get("state")
    return [o for o in all_of_them if in_scope(asked, o.school) and state in (None, o.state)]


def duty_ratio(asked: Asked) -> DutyRatios:
    return DutyRatios(
        items=tuple(
            DutyRatio(
                school=school,
                school_title=TITLES[school],
                year=2024,
                checks=checks,
                checks_this_month=1,
                months=2,
                ratio=checks / 2,
                empty_months=empty,
            )
            for school, checks, empty in ((OWN, 1, (2,)), ("hoa-hong-mau", 2, ()))
            if in_scope(asked, school)
        )
    )


ROUTES: dict[str, Route] = {
    "GET /remedies": list_remedies,
    "POST /findings/{finding_id}/remedies": lambda _: Empty(),
    "POST /remedies/{remedy_id}/close": lambda _: Empty(),
    "GET /improvement-tasks": list_tasks,
    "POST /improvement-tasks/{task_id}/close": lambda _: Empty(),
    "GET /petitions": list_petitions,
    "POST /petitions": lambda _: Empty(),
    "POST /petitions/{petition_id}/answer": lambda _: Empty(),
    "GET /duty-ratio": duty_ratio,
}
