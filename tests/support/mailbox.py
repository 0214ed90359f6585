"""A mail server that a test plays: it keeps what it is sent, and says what it is told to say."""

import email
import email.policy
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final

GREETING: Final = "220 mailbox.example.vn"
ANSWERS: Final = {
    "HELO": "250 fine",
    "MAIL": "250 fine",
    "RCPT": "250 fine",
    "RSET": "250 fine",
    "DATA": "354 go on",
    "QUIT": "221 bye",
}


@dataclass
class Mailbox:
    """`answers` replaces what the server says to a command, `taken` what it says to a mail.

    While `speaks` is not set, nobody is greeted. `commands` are those that came, in order and in
    capitals, but for addresses.
    """

    port: int
    tls: ssl.SSLContext | None = None
    answers: dict[str, str] = field(default_factory=dict)
    taken: str = "250 taken"
    speaks: threading.Event = field(default_factory=threading.Event)
    greeted: int = 0
    commands: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)

    def texts(self) -> list[str]:
        """What the mails say."""
        return [str(mail.get_content()) for mail in self.mails]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    mailbox: Mailbox


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        with suppress(OSError):  # a client that leaves in the middle
            self._serve(self.server.mailbox)

    def _serve(self, box: Mailbox) -> None:
        box.greeted += 1
        if not box.speaks.wait(60):
            return
        self._say(GREETING)
        while line := self.rfile.readline():
            command = line.decode().strip()
            head, colon, rest = command.partition(":")
            verb = head[:4].upper()
            box.commands.append(f"{head.upper()}{colon}{rest}")
            if verb == "STAR" and box.tls is not None:
                self._say("220 go on")
                self.rfile.close()
                self.connection = box.tls.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                continue
            said = box.answers.get(verb) or self._answer(verb)
            self._say(said)
            if verb == "DATA" and said.startswith("354"):
                self._take(box)
            if verb == "QUIT":
                return

    def finish(self) -> None:
        """Close what TLS put in the place of the socket that the server closes."""
        super().finish()
        self.connection.close()

    def _answer(self, verb: str) -> str:
        if verb == "EHLO":
            more = "\r\n250-STARTTLS" if self.server.mailbox.tls else ""
            return f"250-mailbox.example.vn{more}\r\n250 AUTH PLAIN"
        if verb == "AUTH":
            return "235 welcome"
        return ANSWERS.get(verb, "502 what?")

    def _take(self, box: Mailbox) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if box.taken.startswith("250"):
            whole = b"".join(lines)
            box.mails.append(email.message_from_bytes(whole, policy=email.policy.default))
        self._say(box.taken)

    def _say(self, words: str) -> None:
        self.connection.sendall(f"{words}\r\n".encode())


@contextmanager
def mailbox(tls: ssl.SSLContext | None = None, *, speaks: bool = True) -> Iterator[Mailbox]:
    """Listen on a free port of this machine until the test is over."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.mailbox = Mailbox(server.server_address[1], tls)
        if speaks:
            server.mailbox.speaks.set()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.mailbox
        finally:
            server.mailbox.speaks.set()
            server.shutdown()
            thread.join()
