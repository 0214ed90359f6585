"""Summaries that leave as mails: one at a time in each replica, never inside a transaction."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from contracts.rpc.base import SYSTEM
from reports.application.reminding import moved_by, owed, to_send_again
from reports.domain import reminding as d
from reports.domain.mail import Mail, MailFailed
from reports.shipped import reminder_phrases
from reports.storage.summary_mails import Claimed
from reports.storage.unit_of_work import ReportsUnitOfWork, Units

log = logging.getLogger(__name__)
# Longer than sending may take: whoever claimed a mail before that is dead.
LEASE: Final = timedelta(minutes=10)


def send_next(units: Units, send: Callable[[Mail], None]) -> bool:
    """Send the next mail that may be tried; returns whether the next may follow at once.

    `send` raises `MailFailed`; the mail is tried again after a pause that grows, others not at
    once, for the server may be away. A mail says what
    is owed when it leaves; with nothing owed any more it doesn't. One that was sent by a process
    that died before it noted so is sent again, as the same mail.
    """
    with units.for_system() as work:
        claimed = work.summary_mails.claim(LEASE)
        mail = None if claimed is None else _written(work, claimed)
    if claimed is None:
        return False
    if mail is None:
        return True
    try:
        send(mail)
    except MailFailed as failed:
        log.warning("a mail of reminders was not sent: %s", failed.why)
        with units.for_system() as work:
            work.summary_mails.not_sent(claimed, failed.why, permanent=failed.permanent)
        return False
    with units.for_system() as work:
        work.summary_mails.sent(claimed.mail_id)
    return True


def _written(work: ReportsUnitOfWork, claimed: Claimed) -> Mail | None:
    """Write a claimed mail as of now; without anything to say it is dropped."""
    school = claimed.summary.school
    summary = d.Summary(school, work.today, claimed.summary.weekly)
    found = [*owed(work, SYSTEM, school), *(one for one, _ in to_send_again(work, SYSTEM, school))]
    groups = d.grouped(found, work.today, weekly=summary.weekly)
    moved = moved_by(work, claimed.summary.day, school)
    if not groups and not moved:
        work.summary_mails.dropped(claimed.mail_id)
        return None
    phrases = reminder_phrases()
    title = work.schools.titles({school})[school]
    return Mail(
        mail_id=claimed.mail_id,
        to=claimed.address,
        subject=d.subject(phrases, groups, summary, moved=moved),
        text=d.text(phrases, groups, title, work.calendar, work.today, moved=moved),
    )
