from typing import TypedDict

from dashboard.shapes.surveys import Period, Said


class Reminder(TypedDict):
    """The newest reminder of a report or a request that is still owed; `period` is of a report."""

    subject: str
    subject_id: str
    school_title: str
    title: Said
    period: Period | None
    due_on: str
    came_on: str
    working_days_left: int


class MovedDeadline(TypedDict):
    """A deadline that moved lately, of something still owed; `was` is the day before that."""

    subject: str
    subject_id: str
    title: Said
    period: Period | None
    was: str
    due_on: str
    moved_on: str


class Reminders(TypedDict):
    """Reminders, earliest deadline first, and the deadlines that moved lately."""

    items: list[Reminder]
    moved: list[MovedDeadline]


class ReminderMail(TypedDict):
    """How one mail stands; whom it goes to is told in the address book alone."""

    state: str
    attempts: int
    why: str | None


class SchoolMails(TypedDict):
    """A school's newest summary; `day` is None where there is none yet."""

    school: str
    school_title: str
    addresses: int
    day: str | None
    weekly: bool
    mails: list[ReminderMail]


class ReminderMails(TypedDict):
    """The newest summary of each school; `leaving` is false where no mail server is set."""

    items: list[SchoolMails]
    leaving: bool


class Urging(TypedDict):
    """A text to paste, and of how many things it reminds."""

    words: str
    reminded: int


class MailAddresses(TypedDict):
    """Where a school's mails go."""

    addresses: list[str]
