"""A mail server that does as it is told."""

from reports.domain.mail import Mail, MailFailed


class Post:
    """Sends mails as the test wants it to; an address that is in `refused` gets none."""

    def __init__(self) -> None:
        self.tried: list[Mail] = []
        self.sent: list[Mail] = []
        self.fails: BaseException | None = None
        self.refused: set[str] = set()

    def send(self, mail: Mail) -> None:
        self.tried.append(mail)
        if mail.to in self.refused:
            raise MailFailed("address_refused", permanent=True)
        if self.fails is not None:
            raise self.fails
        self.sent.append(mail)
