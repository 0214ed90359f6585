"""Mails over SMTP, against a server on a socket: what arrives, and why something doesn't."""

import socket
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from chassis.settings import SettingsError
from reports.domain.mail import Mail, MailFailed
from reports.smtp import Mailer
from tests.support.mailbox import Mailbox, mailbox

MAIL = Mail(
    UUID("0b7c1d52-6f0f-4f4e-9d1e-6a0e3a0f7c11"),
    "hieutruong@example.vn",
    "[Kịp Thời] Nhắc việc ngày 18/03/2024: 1 việc đến hạn hôm nay",
    "Kính gửi Trường Mầm non Hoa Hồng (mẫu),\n\n.một dòng bắt đầu bằng dấu chấm\n",
)
SETTINGS = {
    "KIPTHOI_SMTP_HOST": "mail.example.vn:587",
    "KIPTHOI_SMTP_FROM": "kipthoi@example.vn",
    "KIPTHOI_SMTP_USER": "",
    "KIPTHOI_SMTP_PASSWORD": "",
    "KIPTHOI_SMTP_TLS": "true",
}


def mailer(box: Mailbox, *, user: str = "", tls: bool = False) -> Mailer:
    return Mailer("127.0.0.1", box.port, "kipthoi@example.vn", user, "mat-khau", tls, seconds=5)


def failed(sender: Mailer) -> tuple[str, bool]:
    with pytest.raises(MailFailed) as refused:
        sender.send(MAIL)
    assert "@" not in str(refused.value)
    assert refused.value.__suppress_context__, "what the server said may name the address"
    return refused.value.why, refused.value.permanent


def test_a_mail_arrives_as_it_was_written() -> None:
    with mailbox() as box:
        mailer(box).send(MAIL)
    [mail] = box.mails
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        MAIL.to,
        "kipthoi@example.vn",
        MAIL.subject,
    )
    assert mail["Message-ID"] == f"<{MAIL.mail_id}@example.vn>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n") == MAIL.text
    assert "RCPT TO:<hieutruong@example.vn>" in box.commands


@pytest.mark.parametrize(
    ("answers", "taken", "expected"),
    [
        ({"RCPT": "550 no such user"}, "250 taken", ("address_refused", True)),
        ({"RCPT": "450 come back later"}, "250 taken", ("address_refused", False)),
        ({"MAIL": "451 not now"}, "250 taken", ("refused", False)),
        ({"DATA": "554 no"}, "250 taken", ("refused", False)),
        ({}, "552 too much", ("refused", False)),
    ],
)
def test_what_the_server_refuses(
    answers: dict[str, str], taken: str, expected: tuple[str, bool]
) -> None:
    with mailbox() as box:
        box.answers, box.taken = answers, taken
        assert failed(mailer(box)) == expected
        assert box.mails == []


def test_a_goodbye_that_goes_wrong_is_no_failure() -> None:
    with mailbox() as box:
        box.answers = {"QUIT": "421 too busy"}
        mailer(box).send(MAIL)
        assert len(box.mails) == 1


def test_an_account_that_is_refused() -> None:
    with mailbox() as box:
        mailer(box, user="kipthoi").send(MAIL)
        box.answers = {"AUTH": "535 no"}
        assert failed(mailer(box, user="kipthoi")) == ("login", False)
        foreign = replace(mailer(box, user="kipthoi"), password="mật khẩu")
        assert failed(foreign) == ("login", False)


def test_nobody_there() -> None:
    with mailbox() as box:
        pass
    assert failed(mailer(box)) == ("unreachable", False)


def test_a_name_that_nobody_knows() -> None:
    def look_up(host: str, port: int) -> object:
        raise socket.gaierror(f"{host}:{port}")

    with mailbox() as box:
        assert failed(replace(mailer(box), look_up=look_up)) == ("unreachable", False)
        assert box.greeted == 0


def test_a_server_that_says_nothing_is_left() -> None:
    with mailbox(speaks=False) as box:
        assert failed(replace(mailer(box), seconds=0.2))[0] in {"timeout", "unreachable"}
        assert box.mails == []


def test_without_tls_where_it_is_asked_for_nothing_is_told() -> None:
    with mailbox() as box:
        assert failed(mailer(box, user="kipthoi", tls=True)) == ("tls", False)
        assert not [one for one in box.commands if one.startswith(("AUTH", "MAIL"))]


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(tmp_path))
    with mailbox(context) as box:
        assert failed(mailer(box, user="kipthoi", tls=True)) == ("tls", False)
        assert not [one for one in box.commands if one.startswith(("AUTH", "MAIL"))]


def test_tls_with_a_certificate_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    with mailbox(context) as box:
        replace(mailer(box, user="kipthoi", tls=True), host="localhost").send(MAIL)
        assert len(box.mails) == 1
        assert box.commands.index("STARTTLS") < box.commands.index("MAIL FROM:<kipthoi@example.vn>")


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate of localhost that vouches for itself."""
    own, key = folder / "own.crt", folder / "own.key"
    subprocess.run(  # noqa: S603 - our own command, no shell
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(own)),
        ],
        check=True,
        capture_output=True,
    )
    return own, key


def test_settings_are_read_whole_or_refused() -> None:
    read = Mailer.read("production", SETTINGS)
    assert read is not None
    assert (read.host, read.port, read.sender, read.tls) == (
        "mail.example.vn",
        587,
        "kipthoi@example.vn",
        True,
    )
    for name in SETTINGS:
        with pytest.raises(SettingsError, match=f"{name} is not set"):
            Mailer.read("production", {k: v for k, v in SETTINGS.items() if k != name})
    with pytest.raises(SettingsError, match="host:port"):
        Mailer.read("production", SETTINGS | {"KIPTHOI_SMTP_HOST": "mail.example.vn"})
    with pytest.raises(SettingsError, match="neither true nor false"):
        Mailer.read("production", SETTINGS | {"KIPTHOI_SMTP_TLS": "yes"})


def test_the_local_stack_sends_nothing_unless_it_is_told_where() -> None:
    assert Mailer.read("local", {}) is None
    assert Mailer.read("local", SETTINGS) is not None


def test_neither_address_nor_password_is_printed() -> None:
    assert "@example.vn" not in repr(MAIL)
    assert "mat-khau" not in repr(mailer(Mailbox(25)))
