"""Questions about reminders and their mails, and the address book."""

from datetime import date, timedelta
from typing import Any, Final

from chassis.clock import local_day
from contracts.problems import Problem
from contracts.rpc import reminders as m
from reports.application import wording
from reports.application.reminding import moved_between, owed, to_send_again
from reports.domain import reminding as d
from reports.storage.unit_of_work import ReportsUnitOfWork

# So long a deadline that moved is shown beside the reminders.
MOVED_SHOWN: Final = timedelta(days=14)


def list_reminders(work: ReportsUnitOfWork, request: m.ListReminders) -> m.Reminders:
    """The newest reminder of each thing that is still owed, earliest deadline first.

    It follows from the calendar, so that it is there before the day's mails are. Beside them stand
    the deadlines that moved lately, and what came back.
    """
    found = owed(work, work.actor, request.school)
    moved = moved_between(work, work.actor, work.now - MOVED_SHOWN, work.now, request.school)
    back = to_send_again(work, work.actor, request.school)
    back.sort(key=lambda one: (one[0].due_on, one[0].title.vi, one[0].school))
    beside = (*(one.what for one in moved), *(one for one, _ in back))
    titles = work.schools.titles({one.school for one in (*found, *beside)})
    found.sort(key=lambda one: (one.due_on, titles[one.school], one.title.vi))
    steps = ((one, d.last_step(work.calendar, one.due_on, work.today)) for one in found)
    return m.Reminders(
        items=tuple(_reminder(work, one, titles[one.school], *step) for one, step in steps if step),
        moved=tuple(_moved(one, titles[one.what.school]) for one in moved),
        returned=tuple(
            m.ReturnedReport(**_told(one, titles[one.school]), came_back_on=local_day(at))
            for one, at in back
        ),
    )


def list_reminder_mails(
    work: ReportsUnitOfWork, request: m.ListReminderMails, *, leaving: bool
) -> m.ReminderMails:
    """How the mails of each school's newest summary stand; without a server they wait."""
    schools = work.schools.seen_by(work.actor, work.today)
    if request.school is not None:
        schools = {code: schools[code] for code in schools if code == request.school}
    newest = work.summary_mails.newest(schools)
    counts = work.summary_mails.counts()
    return m.ReminderMails(
        items=tuple(
            m.SchoolMails(
                school=code,
                school_title=title,
                addresses=counts.get(code, 0),
                day=newest[code][0].day if code in newest else None,
                weekly=code in newest and newest[code][0].weekly,
                mails=tuple(
                    m.ReminderMail(
                        state=mail.state,
                        attempts=mail.attempts,
                        why=mail.why,
                        next_at=mail.next_at,
                        sent_at=mail.sent_at,
                    )
                    for mail in (newest[code][1] if code in newest else ())
                ),
            )
            for code, title in schools.items()
        ),
        leaving=leaving,
    )


def get_mail_addresses(work: ReportsUnitOfWork, request: m.GetMailAddresses) -> m.MailAddresses:
    """Where a school's mails go; raises `Problem` for a school that is not open in scope."""
    _check_seen(work, request.school)
    return m.MailAddresses(
        school=request.school, addresses=work.summary_mails.addresses(request.school)
    )


def set_mail_addresses(work: ReportsUnitOfWork, request: m.SetMailAddresses) -> m.MailAddresses:
    """Replace where a school's mails go. The audit row counts addresses and names none."""
    _check_seen(work, request.school)
    work.schools.get(request.school)  # two at once: one after the other
    before = work.summary_mails.addresses(request.school)
    work.summary_mails.set_addresses(request.school, tuple(dict.fromkeys(request.addresses)))
    after = work.summary_mails.addresses(request.school)
    work.audit(
        "mail_addresses.set",
        request.school,
        school=request.school,
        before={"addresses": len(before)},
        after={"addresses": len(after), "new": len(set(after) - set(before))},
    )
    return m.MailAddresses(school=request.school, addresses=after)


def _check_seen(work: ReportsUnitOfWork, school: str) -> None:
    if school not in work.schools.seen_by(work.actor, work.today):
        raise Problem("resource.not_found")


def _reminder(
    work: ReportsUnitOfWork, one: d.Outstanding, school_title: str, step: m.ReminderStep, came: date
) -> m.SchoolReminder:
    return m.SchoolReminder(
        **_told(one, school_title),
        step=step,
        came_on=came,
        working_days_left=d.days_left(work.calendar, one.due_on, work.today),
    )


def _moved(one: d.Moved, school_title: str) -> m.MovedDeadline:
    return m.MovedDeadline(
        **_told(one.what, school_title), was=one.was, moved_on=local_day(one.moved_at)
    )


def _told(one: d.Outstanding, school_title: str) -> dict[str, Any]:
    """Return what is said of anything owed."""
    return {
        "subject": one.subject,
        "subject_id": one.subject_id,
        "school": one.school,
        "school_title": school_title,
        "title": one.title,
        "period": None if one.period is None else wording.period_ref(one.period),
        "due_on": one.due_on,
    }
