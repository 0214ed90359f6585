"""A quarter played on the deployed system, as Prometheus, Alertmanager and Grafana show it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_string
from email.message import EmailMessage
from email.policy import default as policy
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.play.api import Api, RefusedError, login
from tests.chaos.test_fault_run import target
from tests.compose.installation import BASE, OPERATOR, ROOT, URL, Installation, installed, run
from tests.support.eventually import eventually

pytestmark = pytest.mark.timeout(2400)

JOBS = {
    "directory",
    "surveys",
    "inspections",
    "reports",
    "gateway",
    "rabbitmq",
    "prometheus",
    "alertmanager",
}
DASHBOARDS = sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json"))


@pytest.fixture(scope="module")
def district(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    print(f"\nDocker engine {engine}")
    folder = tmp_path_factory.mktemp("rehearsal")
    clock = folder / "clock"
    clock.mkdir()
    clock.chmod(0o755)  # read by the user of the images
    files = (BASE, Path(__file__).with_name("rehearsal.yml"))
    with installed(Installation(folder, files, {"CLOCK_FOLDER": str(clock)})) as installation:
        yield installation


@pytest.fixture(scope="module")
def played(district: Installation) -> str:
    """What the main job printed, played through the published port."""
    metrics = f"http://{district.address('reports')}:8000/metrics"
    environ = os.environ | {
        "KIPTHOI_GATEWAY_URL": URL,
        "KIPTHOI_CLOCK_FILE": str(district.folder / "clock" / "offset"),
        "KIPTHOI_RUN_DIR": str(district.folder),
        "KIPTHOI_REPORTS_METRICS_URL": metrics,
        "KIPTHOI_OPERATOR_PASSWORD": district.first_account(),
    }
    done = subprocess.run(
        [sys.executable, "-m", "deploy.local.play"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


class Prometheus:
    """The installation's Prometheus, asked as Grafana asks it."""

    def __init__(self, installation: Installation) -> None:
        self.url = f"http://{installation.address('prometheus')}:9090/api/v1"

    def query(self, expression: str) -> list[Any]:
        """Return what an expression gives now."""
        answer = httpx.get(f"{self.url}/query", params={"query": expression}).json()
        assert answer["status"] == "success", (expression, answer)
        result: list[Any] = answer["data"]["result"]
        return result


def test_the_main_job_happens_as_it_must(district: Installation, played: str) -> None:
    assert "an inspection proposed itself" in played
    assert re.search(r"dam-may-tim .*late", played)
    assert re.search(r"con-thuyen-la .*overdue", played)
    eventually(lambda: not district.unsettled(), timeout=60, message="nothing parked")
    print(re.search(r"the main job took .*|proposed \d+ ms.*", played))


@pytest.mark.usefixtures("played")
def test_prometheus_scrapes_every_target(district: Installation) -> None:
    prometheus = Prometheus(district)

    def up() -> dict[str, str]:
        return {one["metric"]["job"]: one["value"][1] for one in prometheus.query("up")}

    eventually(lambda: up() == dict.fromkeys(JOBS, "1"), timeout=60, message="every target is up")


@pytest.mark.usefixtures("played")
def test_an_overdue_report_is_told_by_mail(district: Installation) -> None:
    alertmanager = f"http://{district.address('alertmanager')}:9093/api/v2/alerts"

    def alerts() -> list[Any]:
        found: list[Any] = httpx.get(
            alertmanager, params={"filter": ['alertname="ReportOverdue"', 'kind="cchc_result"']}
        ).json()
        return [one for one in found if one["labels"]["school"] == "con-thuyen-la"]

    [alert] = eventually(alerts, timeout=90, message="the alert reaches Alertmanager")
    assert {one["name"] for one in alert["receivers"]} == {"district", "school con-thuyen-la"}

    def mails() -> dict[str, EmailMessage]:
        """Return who got a mail of this alert; the wire breaks long lines, its subject's too."""
        lines = run("docker", "logs", district.containers()["mail"]["Id"]).splitlines()
        sent = [json.loads(line) for line in lines if line.startswith("{")]
        read = {one["to"][0]: message_from_string(one["message"], policy=policy) for one in sent}
        return {who: mail for who, mail in read.items() if "ReportOverdue" in str(mail["Subject"])}

    wanted = {"phong@example.vn", "hieutruong@example.vn"}
    eventually(lambda: wanted <= mails().keys(), timeout=120, message="both got their mail")
    message = mails()["hieutruong@example.vn"]
    assert "cảnh báo (ReportOverdue)" in str(message["Subject"])
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert "con-thuyen-la: 1 báo cáo cchc_result quá hạn chưa gửi" in text
    assert f"Xem tại {URL}/dashboard" in text


def queries() -> Iterator[tuple[str, str, str]]:
    """Yield dashboard, panel and expression of every query of every dashboard."""
    for path in DASHBOARDS:
        for panel in json.loads(path.read_text("utf-8"))["panels"]:
            for asked in panel["targets"]:
                yield path.stem, panel["title"], asked["expr"]


def leave_waiting(chronicle: dict[str, Any]) -> None:
    """Leave a draft that waits for approval, and a request that nobody has answered."""

    def user(name: str) -> Api:
        return Api(URL, login(URL, name, chronicle[f"password {name}"]))

    with user("chuyenvien") as officer, user("thuyenla.hieutruong") as head:
        request = {
            "title": "Số trẻ ra lớp",
            "legal_basis": "Công văn thí dụ",
            "due_on": "2024-06-28",
            "fields": [{"code": "c1", "label": "Số trẻ", "kind": "number"}],
            "schools": ["con-thuyen-la"],
        }
        officer.post("/requests", request)
        owed = officer.items("/obligations", school="con-thuyen-la")
        [late] = [o for o in owed if o["state"] == "overdue" and o["kind"] == "cchc_result"]
        head.post(f"/obligations/{late['obligation_id']}/draft", {})
        head.post(f"/obligations/{late['obligation_id']}/hand-in", {})


@pytest.mark.usefixtures("played")
def test_every_query_of_every_dashboard_returns_data(district: Installation) -> None:
    chronicle = json.loads((district.folder / "main-job.json").read_text("utf-8"))
    with Api(URL) as anybody:  # an answer that comes too late: what "refused" looks like
        slug = late_campaign(chronicle)
        with pytest.raises(RefusedError) as refused:
            anybody.post(
                f"/public/campaigns/{slug}/responses",
                {
                    "submission_id": "1d1f2b26-60ad-44c4-a2b5-3c1f93f7a001",
                    "answers": target(URL, slug).answers,
                },
            )
        assert refused.value.code == "surveys.campaign_closed"
    leave_waiting(chronicle)
    prometheus = Prometheus(district)
    asked = list(queries())
    assert len(asked) > 25

    def every_panel_has_data() -> bool:
        silent = [one for one in asked if not prometheus.query(one[2])]
        assert not silent
        return True

    eventually(every_panel_has_data, timeout=120)


def late_campaign(chronicle: dict[str, Any]) -> str:
    """The public address of a campaign that the played quarter closed."""
    token = login(URL, OPERATOR, chronicle[f"password {OPERATOR}"])
    with Api(URL, token) as operator:
        return str(operator.items("/campaigns", period="2024-q1", form="tthc")[0]["slug"])
