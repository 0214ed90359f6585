"""Reminders, their mails, the address book."""

from typing import Any

from nameko.extensions import DependencyProvider

from chassis.rpc import remote
from contracts.rpc import reminders as m
from contracts.rpc.base import Call
from reports.application import reminder_questions
from reports.smtp import Mailer
from reports.storage.unit_of_work import Units


class Outgoing(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Hands the mailer that bootstrap made to the service; None where mails don't leave."""

    def get_dependency(self, worker_ctx: Any) -> Any:
        """Return the mailer that `run` was given."""
        return self.container.config["MAILER"]


class ReminderRpc:
    """Who is reminded, and how."""

    units: Units
    mailer: Mailer | None

    @remote
    def list_reminders(self, call: Call, request: m.ListReminders) -> m.Reminders:
        with self.units.for_call(call) as work:
            return reminder_questions.list_reminders(work, request)

    @remote
    def list_reminder_mails(self, call: Call, request: m.ListReminderMails) -> m.ReminderMails:
        with self.units.for_call(call) as work:
            leaving = self.mailer is not None
            return reminder_questions.list_reminder_mails(work, request, leaving=leaving)

    @remote
    def get_mail_addresses(self, call: Call, request: m.GetMailAddresses) -> m.MailAddresses:
        with self.units.for_call(call) as work:
            return reminder_questions.get_mail_addresses(work, request)

    @remote
    def set_mail_addresses(self, call: Call, request: m.SetMailAddresses) -> m.MailAddresses:
        with self.units.for_call(call) as work:
            return reminder_questions.set_mail_addresses(work, request)
