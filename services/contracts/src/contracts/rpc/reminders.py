"""Reminders of what a school owes, the mails that carry them, and where these go."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, NonNegativeInt, StringConstraints

from contracts.forms import Words
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.periods import PeriodRef
from contracts.rpc.base import Request

# So many working days before the deadline, on its day, and once it has passed.
ReminderStep = Literal["7", "3", "1", "0", "overdue"]
# What is owed: a report, or an answer to a request of the district.
Subject = Literal["report", "request"]
# Of one mail: it waits for its first attempt, was tried and waits for the next one, is given up;
# or there was nothing to remind of any more, or a newer summary goes in its place.
MailState = Literal["waiting", "retrying", "sent", "failed", "dropped", "replaced"]
# Why the last attempt failed: in words that hold no address.
MailFault = Literal["unreachable", "timeout", "login", "tls", "refused", "address_refused"]

_ADDRESS = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])$"


def _one_domain(address: str) -> str:
    if ".." in address or "." not in address.rpartition("@")[2]:
        raise ValueError("the address names no domain")
    return address


# A mail address as RFC 5321 writes it, without comments and quotes; personal data.
MailAddress = Annotated[
    str, StringConstraints(max_length=254, pattern=_ADDRESS), AfterValidator(_one_domain)
]


class _Owed(Model):
    """Something that is still owed.

    `title` is the kind of report, or the request's own title in both languages; `period` is of a
    report.
    """

    subject: Subject
    subject_id: UUID
    school: SchoolCode
    school_title: str
    title: Words
    period: PeriodRef | None
    due_on: date


class SchoolReminder(_Owed):
    """The newest reminder of something that is still owed.

    `title` is the kind of report, or the request's own title in both languages; `period` is of a
    report. `came_on` is the day on which the step came, `working_days_left` counts from today,
    negative when overdue.
    """

    step: ReminderStep
    came_on: date
    working_days_left: int


class MovedDeadline(_Owed):
    """A deadline of something still owed that a change of the calendar or an extension moved.

    `was` is the day before that, `moved_on` the day on which it moved last. The reasons stand with
    the report or request itself.
    """

    was: date
    moved_on: date


class ReturnedReport(_Owed):
    """A report that came back, or that its school took back, and is to be sent again.

    No clock says whether it is late: that followed from its first sending.
    """

    came_back_on: date


class Reminders(Model):
    """Reminders, earliest deadline first; what `moved` in the last fourteen days; what came back.

    A report in `returned` is in none of the others.
    """

    items: tuple[SchoolReminder, ...]
    moved: tuple[MovedDeadline, ...] = ()
    returned: tuple[ReturnedReport, ...] = ()


class ListReminders(Request):
    """`list_reminders` in the actor's scope, of what is still owed."""

    school: SchoolCode | None = None


class ReminderMail(Model):
    """How one mail of a summary stands; whom it goes to is told in the address book alone."""

    state: MailState
    attempts: NonNegativeInt
    why: MailFault | None
    next_at: datetime | None
    sent_at: datetime | None


class SchoolMails(Model):
    """A school's newest summary with its mails, and how many addresses it has today.

    `day` is None for a school that got no summary yet; `weekly`: with all of the week.
    """

    school: SchoolCode
    school_title: str
    addresses: NonNegativeInt
    day: date | None
    weekly: bool
    mails: tuple[ReminderMail, ...]


class ReminderMails(Model):
    """The newest summary of each school, by title.

    `leaving` is False where no mail server is configured: mails wait until there is one.
    """

    items: tuple[SchoolMails, ...]
    leaving: bool = True


class ListReminderMails(Request):
    """`list_reminder_mails` in the actor's scope."""

    school: SchoolCode | None = None


class MailAddresses(Model):
    """Where a school's reminders go."""

    school: SchoolCode
    addresses: tuple[str, ...]


class GetMailAddresses(Request):
    """`get_mail_addresses` → `MailAddresses`. Raises `resource.not_found`."""

    school: SchoolCode


class AddressBook(Model):
    """All addresses of a school; one that is left out gets nothing any more."""

    addresses: Annotated[tuple[MailAddress, ...], Field(max_length=5)]


class SetMailAddresses(AddressBook, Request):
    """`set_mail_addresses` → `MailAddresses`. Raises `resource.not_found`."""

    school: SchoolCode
