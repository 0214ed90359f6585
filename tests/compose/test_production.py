"""The unmodified docker-compose.yml, in production: what is reached, what breaks, what is kept."""

import re
from collections import Counter
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from playwright.sync_api import expect, sync_playwright

from deploy.local.play.api import Api, Json, login
from tests.chaos.comparing import broken, verdict
from tests.chaos.knowledge import Knowledge
from tests.chaos.load import Crowd
from tests.chaos.test_fault_run import target
from tests.compose.installation import OPERATOR, OURS, SERVICES, URL, Installation, installed
from tests.dashboard.browser import CHROMIUM, QUIET
from tests.support.campaign import HEAD, SCHOOL, open_campaign
from tests.support.eventually import eventually
from tests.support.system import PASSWORD

pytestmark = pytest.mark.timeout(2400)  # the first one builds all images

FIRST = "0b6d7f4e-5d0e-4a53-9a6e-6f7f0c6f2a11"
FIGURES = {
    "answers": ("surveys", "SELECT count(*) FROM responses"),
    "demands": ("surveys", "SELECT count(*) FROM demand_reports"),
    "answers in inspections": ("inspections", "SELECT sum(answers) FROM answer_tallies"),
    "answers in reports": ("reports", "SELECT sum(answers) FROM answer_counts"),
    "inspections": ("inspections", "SELECT count(*) FROM inspections"),
    "matters in reports": ("reports", "SELECT count(*) FROM matters"),
}
UNKNOWN_NAME, NO_WAY = "gaierror", "Network is unreachable"
HIDDEN = ("/metrics", "/metrics/", "//metrics", "/%6Detrics", "/METRICS", "/health/ready")
HIDDEN_TOO = ("/health/live", "/x/../metrics", "/dashboard/_stcore/metrics")


@pytest.fixture(scope="module")
def district(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    print(f"\nDocker engine {engine}")
    with installed(Installation(tmp_path_factory.mktemp("district"))) as installation:
        yield installation


@pytest.fixture(scope="module")
def slug(district: Installation) -> str:
    """A campaign that is open today, made by the installation's first account."""
    with district.operator() as operator:
        return open_campaign(URL, operator)


def connects(installation: Installation, service: str, address: str, port: int) -> str:
    """Say how a container fares that opens a connection: "ok", or the error."""
    return installation.inside(
        service,
        f"import socket\n"
        f"try:\n socket.create_connection(('{address}', {port}), 5).close(); print('ok')\n"
        f"except OSError as error: print(type(error).__name__, error)",
    )


def test_everything_is_up_and_ready(district: Installation) -> None:
    containers = district.containers()
    setup = containers.pop("setup")["State"]
    assert (setup["Status"], setup["ExitCode"]) == ("exited", 0)
    for name, container in containers.items():
        state = container["State"]
        assert state["Status"] == "running", name
        assert state.get("Health", {"Status": "healthy"})["Status"] == "healthy", name
        assert container["RestartCount"] == 0, name
    last = containers["surveys"]["State"]["Health"]["Log"][-1]
    assert last["Output"].startswith("ready: ")


def test_up_again_starts_nothing_anew(district: Installation) -> None:
    before = {name: one["State"] for name, one in district.containers().items()}
    district.compose("up", "--detach", "--wait")
    after = {name: one["State"] for name, one in district.containers().items()}
    assert after.pop("setup")["ExitCode"] == 0
    for name, state in after.items():
        assert state["StartedAt"] == before[name]["StartedAt"], name


def test_only_the_door_is_published(district: Installation) -> None:
    published = {
        (name, port)
        for name, container in district.containers().items()
        for port, bound in container["NetworkSettings"]["Ports"].items()
        if bound
    }
    assert published == {("caddy", "80/tcp"), ("caddy", "443/tcp"), ("caddy", "443/udp")}
    plain = httpx.get("http://localhost/login")
    assert (plain.status_code, plain.headers["location"]) == (308, "https://localhost/login")
    with httpx.Client(base_url=URL) as browser:
        for path in (*HIDDEN, *HIDDEN_TOO):
            assert browser.get(URL + path).status_code == 404, path
        page = browser.get("/login")
        assert page.status_code == 200
        assert "max-age" in page.headers["strict-transport-security"]


def test_who_need_not_talk_cannot(district: Installation) -> None:
    assert connects(district, "surveys", "postgres", 5432) == "ok"
    assert connects(district, "gateway", "rabbitmq", 5672) == "ok"
    for service, address, port in [
        ("gateway", "postgres", 5432),
        ("dashboard", "rabbitmq", 5672),
        ("dashboard", "surveys", 8000),
        ("surveys", "alertmanager", 9093),
        ("reports", "caddy", 443),
    ]:
        assert connects(district, service, address, port).startswith(UNKNOWN_NAME), service
    for service in set(OURS) - {"reports"}:  # whose reminders leave as mails
        assert NO_WAY in connects(district, service, "192.0.2.1", 443), service


def test_a_service_has_its_own_database_alone(district: Installation) -> None:
    for foreign in SERVICES:
        own = foreign == "surveys"
        how = {
            "host": district.address("postgres"),
            "user": "surveys",
            "password": district.secret("SURVEYS_DATABASE_PASSWORD"),
            "dbname": foreign,
        }
        if own:
            psycopg.connect(**how).close()  # type: ignore[arg-type]
        else:
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                psycopg.connect(**how)  # type: ignore[arg-type]


def test_containers_have_no_more_rights_than_they_need(district: Installation) -> None:
    for name, container in district.containers().items():
        host = container["HostConfig"]
        assert host["CapDrop"] == ["ALL"], name
        assert "no-new-privileges:true" in host["SecurityOpt"], name
        assert host["ReadonlyRootfs"] is (name != "rabbitmq"), name
        assert host["Memory"] > 0, name
        assert host["LogConfig"]["Config"]["max-size"], name
        if name in {*OURS, "setup"}:
            assert container["Config"]["User"] == "10001:10001", name
            assert not host["CapAdd"], name


def test_secrets_reach_only_who_needs_them(district: Installation) -> None:
    for name, container in district.containers().items():
        environ = " ".join(container["Config"]["Env"])
        for service in SERVICES:
            told = district.secret(f"{service.upper()}_DATABASE_PASSWORD") in environ
            assert told is (name in {service, "setup"}), (name, service)
        administrator = district.secret("RABBITMQ_PASSWORD") in environ
        assert administrator is (name in {"rabbitmq", "setup"}), name


def test_a_parents_report_becomes_an_inspection(slug: str) -> None:
    answer = target(URL, slug)
    body: Json = {
        "submission_id": FIRST,
        "answers": answer.answers_with_demand,
        "demand": {"kind": "fee", "what": "thí dụ", "when": "tuần này", "concerns_head": False},
    }
    with Api(URL) as parent:
        receipt = parent.post(f"/public/campaigns/{slug}/responses", body)["receipt"]
        assert parent.post(f"/public/campaigns/{slug}/responses", body)["receipt"] == receipt
    with Api(URL, login(URL, HEAD, PASSWORD)) as head:
        [inspection] = eventually(lambda: head.items("/inspections", school=SCHOOL), timeout=30)
    assert (inspection["state"], inspection["rule"]) == ("proposed", "improper-demand")


@pytest.mark.usefixtures("slug")
def test_a_login_opens_the_dashboard_under_the_same_name() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(base_url=URL, ignore_https_errors=True, locale="vi-VN")
        desk = context.new_page()
        desk.goto("/login")
        desk.locator("input[name=username]").fill(HEAD)
        desk.locator("input[name=password]").fill(PASSWORD)
        desk.get_by_role("button", name="Đăng nhập").click()
        desk.wait_for_url(f"{URL}/dashboard/**")
        expect(desk.get_by_text("Người mẫu").first).to_be_visible(timeout=30_000)
        desk.goto("/dashboard/inspections")  # a page that is asked for by its address
        waiting = desk.get_by_role("link", name=re.compile("Kiểm tra theo phản ánh"))
        expect(waiting).to_be_visible(timeout=30_000)
        cookie = next(one for one in context.cookies() if one["name"] == "kipthoi_session")
        assert cookie["secure"]
        assert cookie["httpOnly"]
        browser.close()


def test_nothing_is_lost_when_containers_die(district: Installation, slug: str) -> None:
    with Api(URL, login(URL, OPERATOR, PASSWORD)) as clerk:
        crowd = Crowd(clerk, [SCHOOL], [target(URL, slug)], parents=4, seed=2024)
        crowd.start()
        try:
            wait_for_answers(crowd, 20, "the start")
            for service in ("surveys", "rabbitmq", "postgres", "inspections", "reports", "gateway"):
                district.crash(service)
                wait_for_answers(crowd, 30, f"a crash of {service}")
            district.compose("restart", "surveys", "gateway")
            wait_for_answers(crowd, 30, "a restart")
            ledger = crowd.stop()
        finally:
            crowd.abandon()
    print(f"  {len(ledger.sent)} answers in {ledger.tries} tries")
    assert not ledger.refused
    assert ledger.acknowledged == ledger.sent.keys()
    ledger.sent[FIRST] = slug  # what a parent had reported before
    ledger.acknowledged.add(FIRST)
    ledger.demands.add(FIRST)
    knowledge = Knowledge(district)

    def settled() -> bool:
        return not district.unsettled() and not broken(knowledge.claims(ledger))

    try:
        eventually(settled, timeout=120, message="everything settles")
    finally:
        claims = knowledge.claims(ledger)
        print(*broken(claims), sep="\n")
    assert verdict(claims) == Counter(lost=0, doubled=0, missing=0)
    district.wait_healthy(*OURS, "postgres", "rabbitmq")


def wait_for_answers(crowd: Crowd, more: int, after: str) -> None:
    goal = crowd.acknowledged + more
    eventually(lambda: crowd.acknowledged >= goal, timeout=120, message=f"answers after: {after}")


def test_a_service_without_its_database_is_alive_and_not_ready(district: Installation) -> None:
    district.compose("stop", "postgres")
    try:

        def unhealthy() -> bool:
            state = district.containers()["reports"]["State"]
            return bool(state["Running"] and state["Health"]["Status"] == "unhealthy")

        eventually(unhealthy, timeout=120, message="reports is unhealthy, and runs")
        told = district.containers()["reports"]["State"]["Health"]["Log"][-1]["Output"]
        assert told.startswith("alive, not ready: ")
        assert "database" in told
    finally:
        district.compose("start", "postgres")
    district.wait_healthy(*OURS, "postgres")


def test_asked_to_stop_each_process_ends_by_itself(district: Installation) -> None:
    district.compose("stop", *OURS)
    codes = {one: district.containers()[one]["State"]["ExitCode"] for one in OURS}
    assert codes == dict.fromkeys(OURS, 0)
    district.compose("up", "--detach", "--wait")


def test_no_log_holds_an_address_or_a_secret(district: Installation) -> None:
    logs = district.compose("logs", "--no-color", "--no-log-prefix")
    for name in ("SURVEYS_DATABASE_PASSWORD", "RABBITMQ_PASSWORD", "GATEWAY_BROKER_PASSWORD"):
        assert district.secret(name) not in logs
    doorstep = district.compose("logs", "--no-color", "--no-log-prefix", "caddy", "gateway")
    assert "remote_ip" not in doorstep
    assert "X-Forwarded-For" not in doorstep


def figures(district: Installation) -> dict[str, int]:
    return {what: int(district.rows(*asked)[0][0]) for what, asked in FIGURES.items()}


def test_a_backup_comes_back_on_a_fresh_host(district: Installation, slug: str) -> None:
    before, backup = figures(district), district.folder / "backup"
    assert before["demands"] > 0
    district.script("backup", str(backup))
    assert {path.stem for path in backup.iterdir()} == set(SERVICES)
    assert backup.stat().st_mode & 0o077 == 0
    district.compose("down", "--volumes")
    district.script("restore", str(backup))
    eventually(lambda: not district.unsettled(), timeout=120, message="all events are told again")
    assert figures(district) == before
    district.trust()
    with Api(URL, login(URL, HEAD, PASSWORD)) as head:
        assert [one["slug"] for one in head.items("/campaigns", state="open")] == [slug]
