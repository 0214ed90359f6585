"""Who gets which alert by mail: an installation's file, asked of Alertmanager's own tool."""

import subprocess
from pathlib import Path

import pytest
import yaml

from deploy.setup.alerting import AlertingError, schools, write

ENVIRON = {
    "SMTP_HOST": "mail.example.vn:587",
    "SMTP_FROM": "kipthoi@example.vn",
    "SMTP_USER": "kipthoi",
    "SMTP_PASSWORD": "a: #'b\" ${c}",
    "SMTP_TLS": "true",
    "ALERT_MAIL_OPERATOR": "it@example.vn",
    "ALERT_MAIL_DISTRICT": "phong@example.vn",
    "ALERT_MAIL_SCHOOLS": "hoa-hong=ht@hoahong.example.vn, cau-vong=ht@cauvong.example.vn",
}


def amtool(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own files
        ["amtool", *arguments],  # noqa: S607 - from Debian's package prometheus-alertmanager
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    write(tmp_path, ENVIRON)
    return tmp_path / "alertmanager.yml"


def test_alertmanager_takes_what_is_written(config: Path) -> None:
    assert "SUCCESS" in amtool("check-config", str(config))


def test_values_arrive_as_they_are_whatever_they_hold(config: Path) -> None:
    told = yaml.safe_load(config.read_text("utf-8"))["global"]
    assert told["smtp_auth_password"] == ENVIRON["SMTP_PASSWORD"]
    assert told["smtp_require_tls"] is True


@pytest.mark.parametrize(
    ("labels", "receivers"),
    [
        ("alertname=OutboxOld job=reports severity=critical", "operator"),
        ("alertname=ReactionsParked job=reports severity=warning", "operator"),
        ("alertname=ReportOverdue school=con-thuyen kind=year severity=critical", "district"),
        ("alertname=ReportOverdue school=hoa-hong severity=critical", "school hoa-hong,district"),
        ("alertname=ReportDueInThreeWorkingDays school=x severity=warning", "district"),
        ("alertname=DocumentPdfFailed job=reports state=failed severity=warning", "operator"),
        ("alertname=ReportWaitsForApproval school=x severity=info", "nobody"),
        (
            "alertname=ReportWaitsForApproval school=hoa-hong severity=info",
            "school hoa-hong,nobody",
        ),
        ("alertname=ReportDueInSevenWorkingDays school=x severity=info", "nobody"),
        (
            "alertname=ReportDueInSevenWorkingDays school=cau-vong severity=info",
            "school cau-vong,nobody",
        ),
    ],
)
def test_an_alert_reaches_who_has_to_act(config: Path, labels: str, receivers: str) -> None:
    found = amtool("config", "routes", "test", f"--config.file={config}", *labels.split())
    assert found == receivers


def test_a_school_without_an_address_has_no_route(tmp_path: Path) -> None:
    write(tmp_path, ENVIRON | {"ALERT_MAIL_SCHOOLS": ""})
    told = yaml.safe_load((tmp_path / "alertmanager.yml").read_text("utf-8"))
    assert [receiver["name"] for receiver in told["receivers"]] == [
        "nobody",
        "operator",
        "district",
    ]


@pytest.mark.parametrize("told", ["hoa-hong", "a=x@y,a=z@y", "Hoa Hồng=x@y", "a=nowhere"])
def test_what_is_no_list_of_addresses_is_refused(told: str) -> None:
    with pytest.raises(AlertingError, match="ALERT_MAIL_SCHOOLS"):
        schools(told)


def test_a_missing_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(AlertingError, match="SMTP_FROM"):
        write(tmp_path, {k: v for k, v in ENVIRON.items() if k != "SMTP_FROM"})
