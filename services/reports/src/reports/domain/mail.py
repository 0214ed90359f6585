"""A mail that leaves the system, and why one could not."""

from dataclasses import dataclass, field
from uuid import UUID

from contracts.rpc.reminders import MailFault


@dataclass(frozen=True)
class Mail:
    """One mail to one address, which is personal data: nothing that prints a mail tells it.

    The same `mail_id` sent twice is the same mail.
    """

    mail_id: UUID
    to: str = field(repr=False)
    subject: str
    text: str


class MailFailed(Exception):
    """A mail did not leave; `permanent`: nor will it, as long as nobody changes something."""

    def __init__(self, why: MailFault, *, permanent: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.permanent = permanent
