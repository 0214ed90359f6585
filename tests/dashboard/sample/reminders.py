"""What schools are reminded of, and mails in each state."""

from datetime import UTC, date, datetime
from uuid import UUID

from contracts.rpc.base import Empty
from contracts.rpc.reminders import (
    MailAddresses,
    MovedDeadline,
    ReminderMail,
    ReminderMails,
    Reminders,
    SchoolMails,
    SchoolReminder,
)
from gateway.routes.reminders import Urging
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.checklist import both
from tests.dashboard.sample.reports import DEADLINE, OWN_OVERDUE, OWN_WAITING
from tests.dashboard.sample.requests import REQUEST
from tests.dashboard.sample.schools import OWN, TITLES, in_scope
from tests.dashboard.sample.surveys import Q1

SENT_AT = datetime(2024, 3, 20, 0, 0, tzinfo=UTC)
REMINDERS = (
    SchoolReminder(
        subject="report",
        subject_id=UUID(OWN_OVERDUE),
        school=OWN,
        school_title=TITLES[OWN],
        title=both("Báo cáo định kỳ", "Periodic report"),
        period=Q1,
        due_on=DEADLINE.due_on,
        step="overdue",
        came_on=date(2024, 3, 19),
        working_days_left=-2,
    ),
    SchoolReminder(
        subject="request",
        subject_id=REQUEST.request_id,
        school=OWN,
        school_title=TITLES[OWN],
        title=both(REQUEST.title, REQUEST.title),
        period=None,
        due_on=date(2024, 3, 25),
        step="3",
        came_on=date(2024, 3, 20),
        working_days_left=3,
    ),
)

MOVED = (
    MovedDeadline(
        subject="report",
        subject_id=UUID(OWN_WAITING),
        school=OWN,
        school_title=TITLES[OWN],
        title=both("Báo cáo ứng dụng công nghệ thông tin", "Report on information technology"),
        period=Q1,
        was=date(2024, 3, 22),
        due_on=date(2024, 3, 25),
        moved_on=date(2024, 3, 12),
    ),
)


def mail(state: str, why: str | None = None) -> ReminderMail:
    return ReminderMail.model_validate(
        {
            "state": state,
            "attempts": 0 if state == "waiting" else 2,
            "why": why,
            "next_at": SENT_AT if why else None,
            "sent_at": SENT_AT if state == "sent" else None,
        }
    )


MAILS = {
    OWN: (mail("sent"), mail("failed", "address_refused")),
    "dam-may-tim": (mail("retrying", "unreachable"),),
    "hoa-hong-mau": (mail("waiting"),),
}


def list_reminders(asked: Asked) -> Reminders:
    return Reminders(
        items=tuple(one for one in REMINDERS if in_scope(asked, one.school)),
        moved=tuple(one for one in MOVED if in_scope(asked, one.school)),
    )


def list_mails(asked: Asked) -> ReminderMails:
    return ReminderMails(
        items=tuple(
            SchoolMails(
                school=school,
                school_title=title,
                addresses=len(MAILS.get(school, ())),
                day=date(2024, 3, 20) if school in MAILS else None,
                weekly=school == OWN,
                mails=MAILS.get(school, ()),
            )
            for school, title in TITLES.items()
            if in_scope(asked, school)
        )
    )


def urge(_: Asked) -> Urging:
    return Urging(words=f"Kính gửi các đơn vị,\n{TITLES[OWN]}:\n- Báo cáo định kỳ", reminded=1)


def addresses(asked: Asked) -> MailAddresses:
    return MailAddresses(school=asked.path["school"], addresses=("vanphong@example.vn",))


ROUTES: dict[str, Route] = {
    "GET /reminders": list_reminders,
    "GET /reminders/text": urge,
    "GET /reminder-mails": list_mails,
    "GET /schools/{school}/mail-addresses": addresses,
    "POST /schools/{school}/mail-addresses": lambda _: Empty(),
}
