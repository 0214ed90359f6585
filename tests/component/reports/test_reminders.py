"""A mail of reminders from the running service, which answers others while the server is slow."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from chassis.clock import VIETNAM
from contracts.rpc import reminders as m
from contracts.rpc.base import Empty, Ping
from deploy.local.postgres import Database
from tests.component.reports.conftest import Reports
from tests.support.alone import alone
from tests.support.eventually import eventually
from tests.support.mailbox import Mailbox, mailbox
from tests.support.schools import SCHOOL, registered

ADDRESS = "hieutruong@example.vn"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server that takes connections and says nothing, until it is told to speak."""
    with mailbox(speaks=False) as server:
        yield server


@pytest.fixture
def reports(amqp_url: str, database: Database, tmp_path: Path, box: Mailbox) -> Iterator[Reports]:
    """It is Friday, 1 March 2024, nine in the morning."""
    start = datetime(2024, 3, 1, 9, tzinfo=VIETNAM)
    smtp = {
        "KIPTHOI_SMTP_HOST": f"127.0.0.1:{box.port}",
        "KIPTHOI_SMTP_FROM": "kipthoi@example.vn",
        "KIPTHOI_SMTP_USER": "",
        "KIPTHOI_SMTP_PASSWORD": "",
        "KIPTHOI_SMTP_TLS": "false",
    }
    with alone(Reports, amqp_url, database, tmp_path, start, **smtp) as process:
        yield process


def test_a_summary_leaves_as_a_mail_while_others_are_answered(
    reports: Reports, box: Mailbox, tmp_path: Path
) -> None:
    reports.hear(registered())
    reports.wait_for(16)
    book = m.SetMailAddresses(school=SCHOOL, addresses=(ADDRESS,))
    reports.rpc.call("reports.set_mail_addresses", book, m.MailAddresses)
    reports.move_clock(2024, 3, 18)
    eventually(lambda: box.greeted, timeout=60, message="the service connects")
    # It waits for the server's first word: the service answers all the same.
    for _ in range(3):
        reports.rpc.call("reports.ping", Ping(), Empty)
    assert not box.commands
    box.speaks.set()
    (mail,) = eventually(lambda: box.mails, timeout=60, message="the mail arrives")
    assert mail["To"] == ADDRESS
    assert "Việc tuần này" in str(mail["Subject"])
    assert "Báo cáo định kỳ (quý I năm 2024): hạn hôm nay" in mail.get_content()

    def standing() -> list[m.ReminderMail]:
        asked = m.ListReminderMails(school=SCHOOL)
        told = reports.rpc.call("reports.list_reminder_mails", asked, m.ReminderMails)
        assert told.leaving, "there is a mail server"
        return [one for one in told.items[0].mails if one.state == "sent"]

    eventually(standing, timeout=30, message="the mail is noted as sent")
    eventually(
        lambda: reports.metric('kipthoi_reminder_mails{state="sent"}') == 1,
        timeout=30,
        message="the metric counts it",
    )
    assert len(box.mails) == 1
    assert ADDRESS not in (tmp_path / "log").read_text("utf-8")
