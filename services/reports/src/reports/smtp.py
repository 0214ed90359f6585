"""Mails over SMTP. Under eventlet its waits let others work; each of them is bounded."""

import os
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final

from chassis.settings import SettingsError
from reports.domain.mail import Mail, MailFailed

TIMEOUT_SECONDS: Final = 20.0
TLS_PORT: Final = 465  # TLS from the first byte on; elsewhere STARTTLS
PERMANENT: Final = 500  # a reply from here on won't be another one later (RFC 5321, 4.2.1)
LookUp = Callable[[str, int], object]  # raises OSError
FLAGS: Final = {"true": True, "false": False}


@dataclass(frozen=True)
class Mailer:
    """The district's mail server and the address that mails come from.

    `look_up` is asked for the server's name before each mail. In a service it does so in a thread:
    the system's resolver may take seconds, and would stop everything else for as long. What it has
    just answered it answers at once.
    """

    host: str
    port: int
    sender: str
    user: str
    password: str = field(repr=False)
    tls: bool
    seconds: float = TIMEOUT_SECONDS
    look_up: LookUp = socket.getaddrinfo

    @classmethod
    def read(
        cls, env: str, environ: Mapping[str, str] = os.environ, look_up: LookUp = socket.getaddrinfo
    ) -> "Mailer | None":
        """Read the variables `KIPTHOI_SMTP_…`; raises `SettingsError`.

        None without a server in the local stack and in tests, which then send nothing.
        """
        if env != "production" and "KIPTHOI_SMTP_HOST" not in environ:
            return None
        try:
            host, _, port = environ["KIPTHOI_SMTP_HOST"].rpartition(":")
            if not host or not port.isdecimal():
                raise SettingsError("KIPTHOI_SMTP_HOST is not host:port")
            if environ["KIPTHOI_SMTP_TLS"] not in FLAGS:
                raise SettingsError("KIPTHOI_SMTP_TLS is neither true nor false")
            return cls(
                host=host,
                port=int(port),
                sender=environ["KIPTHOI_SMTP_FROM"],
                user=environ["KIPTHOI_SMTP_USER"],
                password=environ["KIPTHOI_SMTP_PASSWORD"],
                tls=FLAGS[environ["KIPTHOI_SMTP_TLS"]],
                look_up=look_up,
            )
        except KeyError as missing:
            raise SettingsError(f"{missing.args[0]} is not set") from None

    def send(self, mail: Mail) -> None:
        """Hand a mail to the server; raises `MailFailed`, in words that hold no address."""
        try:
            self._send(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            permanent = all(code >= PERMANENT for code, _ in refused.recipients.values())
            raise MailFailed("address_refused", permanent=permanent) from None
        except (smtplib.SMTPAuthenticationError, UnicodeEncodeError):  # passwords are ASCII there
            raise MailFailed("login") from None
        except (ssl.SSLError, smtplib.SMTPNotSupportedError):
            raise MailFailed("tls") from None
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
            raise MailFailed("unreachable") from None
        except smtplib.SMTPException:
            raise MailFailed("refused") from None
        except TimeoutError:
            raise MailFailed("timeout") from None
        except OSError:
            raise MailFailed("unreachable") from None

    def _send(self, mail: Mail) -> None:
        self.look_up(self.host, self.port)
        server = self._connect()
        try:
            if self.tls and self.port != TLS_PORT:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(self._message(mail))
            # The mail is taken: a goodbye that goes wrong must not send it once more.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        if self.tls and self.port == TLS_PORT:
            return smtplib.SMTP_SSL(
                self.host,
                self.port,
                local_hostname=self._domain,
                timeout=self.seconds,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(self.host, self.port, local_hostname=self._domain, timeout=self.seconds)

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self.sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = formatdate()
        # The same when it is sent again: mail programs show it once.
        message["Message-ID"] = f"<{mail.mail_id}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notes, please
        message.set_content(mail.text)
        return message

    @property
    def _domain(self) -> str:
        return self.sender.rpartition("@")[2].strip("> ")
