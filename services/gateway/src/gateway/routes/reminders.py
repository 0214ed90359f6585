"""Reminders, their mails, the address book, and texts to paste."""

from typing import Annotated

from fastapi import Query, Request

from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.rpc import reminders as m
from gateway.admission import make_router
from gateway.asking import Ask
from gateway.exports import urging
from gateway.words import language_of

router = make_router("/api/v1")

School = Annotated[SchoolCode | None, Query()]


class Urging(Model):
    """A text that is ready to be pasted into a chat, and of how many things it reminds."""

    words: str
    reminded: int


@router.get("/reminders", tags=["reminders"])
async def list_reminders(ask: Ask, school: School = None) -> m.Reminders:
    """The newest reminder of each report and request that is still owed."""
    return await ask("reports", "list_reminders", m.ListReminders(school=school), m.Reminders)


@router.get("/reminders/text", tags=["reminders"])
async def get_reminder_text(request: Request, ask: Ask, school: School = None) -> Urging:
    """A text to paste: of one school all that it owes soon, of all schools what is late.

    What came back and was not sent again stands in both.
    """
    wanted = m.ListReminders(school=school)
    found = await ask("reports", "list_reminders", wanted, m.Reminders)
    language = language_of(request)
    if school is not None:
        owed: list[urging.Owed] = [*found.items, *found.returned]
        return Urging(words=urging.of_school(language, owed), reminded=len(owed))
    late = urging.late(found)
    return Urging(words=urging.of_all(language, late), reminded=len(late))


@router.get("/reminder-mails", tags=["reminders"])
async def list_reminder_mails(ask: Ask, school: School = None) -> m.ReminderMails:
    """How the mails of each school's newest summary stand."""
    wanted = m.ListReminderMails(school=school)
    return await ask("reports", "list_reminder_mails", wanted, m.ReminderMails)


@router.get("/schools/{school}/mail-addresses", tags=["reminders"])
async def get_mail_addresses(ask: Ask, school: SchoolCode) -> m.MailAddresses:
    """Where a school's reminders go."""
    wanted = m.GetMailAddresses(school=school)
    return await ask("reports", "get_mail_addresses", wanted, m.MailAddresses)


@router.post("/schools/{school}/mail-addresses", tags=["reminders"])
async def set_mail_addresses(ask: Ask, school: SchoolCode, book: m.AddressBook) -> m.MailAddresses:
    """Replace where a school's reminders go; an empty list ends them."""
    wanted = m.SetMailAddresses(school=school, addresses=book.addresses)
    return await ask("reports", "set_mail_addresses", wanted, m.MailAddresses)
