"""The mail server that somebody names for a private stack."""

import pytest

from deploy.local.environment import Addresses, of_part
from deploy.local.errors import StackError
from deploy.local.folder import REPOSITORY
from deploy.local.parts import SERVICES, Part

ADDRESSES = Addresses(
    amqp="amqp://x",
    broker_users={part.name: "amqp://x" for part in SERVICES},
    databases={part.name: "postgresql://x" for part in SERVICES},
    ports={part.name: 1 for part in SERVICES} | {"gateway": 2, "dashboard": 3},
    folder=REPOSITORY,
    operator_password="x",
)


def named(part: Part) -> dict[str, str]:
    given = of_part(part, ADDRESSES)
    return {key: value for key, value in given.items() if key.startswith("KIPTHOI_SMTP_")}


def test_reports_alone_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIPTHOI_SMTP_HOST", "mail.example.vn:587")
    monkeypatch.setenv("KIPTHOI_SMTP_FROM", "Kịp Thời <kipthoi@example.vn>")
    told = {part.name: named(part) for part in SERVICES}
    assert told.pop("reports") == {
        "KIPTHOI_SMTP_HOST": "mail.example.vn:587",
        "KIPTHOI_SMTP_FROM": "Kịp Thời <kipthoi@example.vn>",
    }
    assert not any(told.values())


@pytest.mark.parametrize("password", ['a"b', "a\nb", "a ;b", "a #b"])
def test_what_the_supervisor_would_not_hold_is_refused(
    monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("KIPTHOI_SMTP_PASSWORD", password)
    (reports,) = (part for part in SERVICES if part.name == "reports")
    with pytest.raises(StackError, match="KIPTHOI_SMTP_PASSWORD holds"):
        of_part(reports, ADDRESSES)
