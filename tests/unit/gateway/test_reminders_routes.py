"""The routes of reminders: what they ask, what they refuse, the texts that are pasted."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from contracts.forms import Words
from contracts.periods import PeriodRef
from contracts.rpc import reminders as r
from contracts.rpc.base import Request, Role
from gateway.exports import urging
from tests.unit.gateway.test_reports_routes import SCHOOL, client

BOOK = f"/api/v1/schools/{SCHOOL}/mail-addresses"
ADDRESSES = {"addresses": ["vanphong@example.vn"]}
Q1 = PeriodRef(
    kind="quarter", year=2024, index=1, starts_on=date(2023, 12, 15), ends_on=date(2024, 3, 14)
)


@pytest.mark.parametrize(
    ("role", "method", "path", "body", "asked"),
    [
        ("teacher", "GET", "/api/v1/reminders", None, r.ListReminders()),
        (
            "district_viewer",
            "GET",
            f"/api/v1/reminders/text?school={SCHOOL}",
            None,
            r.ListReminders(school=SCHOOL),
        ),
        ("deputy", "GET", "/api/v1/reminder-mails", None, r.ListReminderMails()),
        ("district_officer", "GET", BOOK, None, r.GetMailAddresses(school=SCHOOL)),
        (
            "operator",
            "POST",
            BOOK,
            ADDRESSES,
            r.SetMailAddresses(school=SCHOOL, addresses=("vanphong@example.vn",)),
        ),
    ],
)
def test_a_route_asks_for_what_it_was_asked(
    role: Role, method: str, path: str, body: dict[str, Any] | None, asked: Request
) -> None:
    caller, services = client(role)
    caller.request(method, path, json=body)
    assert [request for _, request in services.asked] == [asked]


@pytest.mark.parametrize(
    ("role", "method", "path"),
    [
        ("principal", "GET", "/api/v1/reminders/text"),
        ("clerk", "GET", "/api/v1/reminder-mails"),
        ("principal", "GET", BOOK),
        ("district_viewer", "GET", BOOK),
        ("district_viewer", "POST", BOOK),
    ],
)
def test_who_may_not_is_refused(role: Role, method: str, path: str) -> None:
    caller, services = client(role)
    answer = caller.request(method, path, json=ADDRESSES if method == "POST" else None)
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.forbidden")
    assert services.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "vanphong",
        "vanphong@truong",
        "van phong@example.vn",
        "vanphong@example.vn\r\nBcc: ai@example.vn",
        "Văn Phòng <vanphong@example.vn>",
        "a@b..vn",
        "a@-b.vn",
        "a@" + "b" * 260 + ".vn",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(address: str) -> None:
    caller, services = client("district_officer")
    answer = caller.request("POST", BOOK, json={"addresses": [address]})
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")
    assert address not in answer.text
    assert services.asked == []


def reminder(
    school: str, due_on: date, left: int, period: PeriodRef | None = Q1
) -> r.SchoolReminder:
    return r.SchoolReminder(
        subject="request" if period is None else "report",
        subject_id=uuid4(),
        school=school,
        school_title=f"Trường {school}",
        title=Words(vi="Báo cáo định kỳ", en="Periodic report"),
        period=period,
        due_on=due_on,
        step="overdue" if left < 0 else "3",
        came_on=due_on,
        working_days_left=left,
    )


def test_all_that_are_late_stand_in_one_text_school_by_school() -> None:
    found = [
        reminder("mau-a", date(2024, 3, 18), -2),
        reminder("mau-b", date(2024, 3, 19), -1),
        reminder("mau-a", date(2024, 3, 19), -1, None),
        reminder("mau-c", date(2024, 3, 25), 3),
    ]
    back = r.ReturnedReport(
        subject="report",
        subject_id=uuid4(),
        school="mau-d",
        school_title="Trường mau-d",
        title=Words(vi="Báo cáo thanh tra", en="Inspection report"),
        period=Q1,
        due_on=date(2024, 3, 18),
        came_back_on=date(2024, 3, 20),
    )
    told = r.Reminders(items=tuple(found), returned=(back,))
    assert urging.of_all("vi", urging.late(told)) == (
        "Kính gửi các đơn vị,\n"
        "Đến nay còn 3 đơn vị có việc đã quá hạn hoặc phải gửi lại:\n"
        "Trường mau-a:\n"
        "- Báo cáo định kỳ (quý I/2024): hạn 18/03/2024, trễ 2 ngày làm việc\n"
        "- Yêu cầu “Báo cáo định kỳ”: hạn 19/03/2024, trễ 1 ngày làm việc\n"
        "Trường mau-b:\n"
        "- Báo cáo định kỳ (quý I/2024): hạn 19/03/2024, trễ 1 ngày làm việc\n"
        "Trường mau-d:\n"
        "- Báo cáo thanh tra (quý I/2024): đã trả lại hoặc rút lại ngày 20/03/2024, chưa gửi lại\n"
        "Đề nghị các đơn vị gửi ngay. Trân trọng."
    )


def test_one_school_reads_what_is_ahead_too() -> None:
    found = [reminder("mau-a", date(2024, 3, 18), 0), reminder("mau-a", date(2024, 3, 25), 3)]
    text = urging.of_school("vi", found)
    assert text.startswith("Kính gửi Trường mau-a,\n")
    assert "hạn hôm nay, 18/03/2024\n" in text
    assert "hạn 25/03/2024, còn 3 ngày làm việc\n" in text
    assert "quarter I/2024" in urging.of_school("en", found)


def test_with_nothing_owed_there_is_no_text() -> None:
    assert urging.of_all("vi", []) == urging.of_school("vi", []) == ""
