"""One marked answer, and everything that could tell who sent it, or when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from contracts.codes import fingerprint
from deploy.local.folder import REPOSITORY
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from gateway.access import ACCESS, STAFF
from tests.support.district import OWN, RealDistrict, path_of, settle
from tests.support.eventually import eventually
from tests.support.marks import Listener, Window, columns_telling, columns_with, forms_of
from tests.support.system import SERVICES, System, running_system

pytestmark = pytest.mark.timeout(600)  # five processes start, each role reads every route

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2024, 3, 1, 9, tzinfo=VIETNAM)
ANSWERED = datetime(2024, 3, 1, 13, 37, tzinfo=VIETNAM)
LATER = datetime(2024, 3, 1, 15, 20, tzinfo=VIETNAM)

ADDRESS = "127.77.13.9"
BEHIND_PROXY = "203.0.113.77"
AGENT = "Zalo-danhdau-7731"
TEXT = "Tình huống thí dụ danhdau-4408"
CLASS = "LA-77"
MARKED = {
    "User-Agent": AGENT,
    "X-Forwarded-For": BEHIND_PROXY,
    "X-Real-IP": BEHIND_PROXY,
    "Forwarded": f"for={BEHIND_PROXY}",
}
# They tell which classes there are, and how many codes were made for each; of answers nothing.
ROUTES_OF_CLASSES = {
    "GET /api/v1/campaigns/{campaign_id}/access",
    "GET /api/v1/public/campaigns/{slug}",
}
READ = [line for line in ACCESS if line.startswith("GET ")]
PAGE = (REPOSITORY / "docs" / "anonymity.md").read_text(encoding="utf-8")


@dataclass
class Answered:
    """A system in which one parent answered, reported a demand and left a suggestion."""

    system: System
    district: RealDistrict
    servers: tuple[Path, ...]
    window: Window
    heard: list[tuple[str, str]]
    logged: dict[str, str]
    code: str
    fingerprint: str
    ids: dict[str, str] = field(default_factory=dict)

    def replies(self) -> Iterator[tuple[str, str, httpx.Response]]:
        """Yield (route, role, reply) of every route that reads, in every role and in none."""
        for route in READ:
            for role in sorted(STAFF):
                yield route, role, self.district.ask(route, role, self.ids)
            yield route, "nobody", self.district.client.request(*path_of(route, **self.ids))


@pytest.fixture(scope="module")
def answered(
    postgres: PostgreSQL, broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Answered]:
    folder = tmp_path_factory.mktemp("anonymity")
    with (
        running_system(postgres, broker, folder) as system,
        httpx.Client(base_url=system.url, timeout=30, trust_env=False) as client,
    ):
        system.move_clock(MORNING)
        district = RealDistrict(system, client)
        settle(district)
        slug, code, mark = rest(system, district)
        listener = Listener(system.amqp_url)
        written = {name: one.log.stat().st_size for name, one in system.processes.items()}
        window, receipt = answer(system, slug, code)
        logged = {
            name: one.log.read_bytes()[written[name] :].decode()
            for name, one in system.processes.items()
        }
        system.move_clock(LATER)
        yield Answered(
            system=system,
            district=district,
            servers=(postgres.log, broker.log),
            window=window,
            heard=listener.heard(),
            logged=logged,
            code=code,
            fingerprint=mark,
            ids=ids_of(district) | {"slug": slug, "receipt": receipt},
        )


def rest(system: System, district: RealDistrict) -> tuple[str, str, str]:
    """Wait until everything that the day brings has happened.

    Returns the slug of a campaign, a code of it and the code's fingerprint. The campaign is
    answered with codes alone, and the code is for a class.
    """

    def opened() -> list[Any]:
        asked = {"school": OWN, "form": "tthc", "state": "open"}
        campaigns: list[Any] = district.ask(
            "GET /api/v1/campaigns", "operator", params=asked
        ).json()["items"]
        return campaigns

    [campaign] = eventually(opened, timeout=60)
    planned = "SELECT count(DISTINCT school) FROM obligations"
    eventually(lambda: system.rows("reports", planned) == [(2,)], timeout=60)
    eventually(lambda: not system.unsettled(), timeout=60)
    about = {"campaign_id": campaign["campaign_id"]}
    ways = {"access": "codes", "classes": [CLASS]}
    route = "POST /api/v1/campaigns/{campaign_id}/"
    assert district.ask(f"{route}access", "principal", about, json=ways).is_success
    order = {"number": 1, "class_code": CLASS}
    made = district.ask(f"{route}codes", "principal", about, json=order)
    assert made.status_code == 201, made.text
    code = str(made.json()["codes"][0])
    return str(campaign["slug"]), code, fingerprint(UUID(campaign["campaign_id"]), code)


def answer(system: System, slug: str, code: str) -> tuple[Window, str]:
    """Send it all from a marked place; returns when, and the suggestion's receipt."""
    system.move_clock(ANSWERED)
    begun = datetime.now(UTC)
    transport = httpx.HTTPTransport(local_address=ADDRESS)
    with httpx.Client(base_url=system.url, transport=transport, headers=MARKED) as phone:
        assert phone.get(f"/k/{slug}", params={"ma-phieu": code, "lop-hoc": CLASS}).is_success
        public = phone.get(f"/api/v1/public/campaigns/{slug}").raise_for_status().json()
        form = public["form"]
        sent = {
            "submission_id": str(uuid4()),
            "answers": {form["filter"]["code"]: "no", form["demand"]: "yes"},
            "demand": {"kind": "fee", "what": TEXT, "when": TEXT, "concerns_head": False},
            "code": code,
            "class_code": CLASS,
        }
        path = f"/api/v1/public/campaigns/{slug}/responses"
        assert phone.post(path, json=sent).status_code == 201
        assert phone.post(path, json=sent).status_code == 200, "sent twice"
        suggestion = {
            "submission_id": str(uuid4()),
            "school": OWN,
            "kind": "suggestion",
            "about_procedures": True,
            "text": TEXT,
        }
        left = phone.post("/api/v1/public/petitions", json=suggestion)
        assert left.status_code == 201, left.text
    proposed = "SELECT count(*) FROM inspections"
    eventually(lambda: system.rows("inspections", proposed) == [(1,)], timeout=30)
    eventually(lambda: not system.unsettled(), timeout=30)
    learnt = "SELECT count(*) FROM matters WHERE sort IN ('inspection', 'demand', 'petition')"
    eventually(lambda: system.rows("reports", learnt) == [(3,)], timeout=30)
    took = datetime.now(UTC) - begun
    return Window(((begun, begun + took), (ANSWERED, ANSWERED + took))), left.json()["receipt"]


def ids_of(district: RealDistrict) -> dict[str, str]:
    """Return the ids of what there is now, as an officer finds them."""

    def first(what: str) -> Any:
        found = district.ask(f"GET /api/v1/{what}", "district_officer", params={"school": OWN})
        return found.json()["items"][0]

    inspection = first("inspections")
    return {
        "inspection_id": inspection["inspection_id"],
        "correlation_id": inspection["correlation_id"],
        "campaign_id": first("campaigns")["campaign_id"],
        "report_id": first("demands")["report_id"],
        "obligation_id": first("obligations")["obligation_id"],
    }


def test_no_reply_to_anybody_tells_more_than_the_day(answered: Answered) -> None:
    read = {}
    for route, role, reply in answered.replies():
        assert reply.status_code < 500, (route, role, reply.text)
        told = answered.window.told_in(reply.text)
        assert not told, f"{route} tells {role}: {told}"
        with_class = CLASS in reply.text
        assert not with_class or route in ROUTES_OF_CLASSES, f"{route} tells {role} a class"
        read[route, role] = reply
    for route in ("/inspections/{inspection_id}", "/traces/{correlation_id}", "/evaluations"):
        reply = read[f"GET /api/v1{route}", "principal"]
        assert "2024-03-01" in reply.text, f"{route} shows the matter and its day"


def test_what_staff_do_keeps_its_time(answered: Answered) -> None:
    """And so proves that a moment in a reply would be seen."""
    district, ids = answered.district, answered.ids
    begun = datetime.now(UTC)
    order = "POST /api/v1/inspections/{inspection_id}/order"
    assert district.ask(order, "principal", ids).is_success
    staff = Window(((LATER, LATER + (datetime.now(UTC) - begun) * 2 + (LATER - ANSWERED)),))
    for route in ("/inspections/{inspection_id}", "/traces/{correlation_id}"):
        text = district.ask(f"GET /api/v1{route}", "principal", ids).text
        assert staff.told_in(text)
        assert not answered.window.told_in(text)


@pytest.mark.parametrize("mark", [ADDRESS, BEHIND_PROXY, AGENT])
def test_the_sender_stands_nowhere(answered: Answered, mark: str) -> None:
    for service in SERVICES:
        assert columns_with(answered.system.databases[service].url, mark) == set(), service
    for key, message in answered.heard:
        assert mark not in message, key
    logs = [one.log for one in answered.system.processes.values()]
    for log in (*logs, *answered.servers):
        text = log.read_text(encoding="utf-8", errors="replace")
        assert not any(form in text for form in forms_of(mark)), log.name


def test_the_code_stands_nowhere(answered: Answered) -> None:
    """Not even before it was used: surveys and the broker know its fingerprint alone."""
    written = (answered.code, answered.code.replace("-", ""))
    used = answered.fingerprint
    for service in SERVICES:
        for mark in (*written, used):
            assert columns_with(answered.system.databases[service].url, mark) == set(), service
    for key, message in answered.heard:
        assert not [mark for mark in written if mark in message], key
    carried = {key for key, message in answered.heard if used in message}
    assert carried == {"surveys.submit_responses"}, "and so a fingerprint would be found"
    logs = [one.log for one in answered.system.processes.values()]
    for log in (*logs, *answered.servers):
        text = log.read_text(encoding="utf-8", errors="replace")
        assert not [mark for mark in (*written, used) if mark in text], log.name


def test_the_class_stands_with_the_answer_alone(answered: Answered) -> None:
    found = {
        f"{service}.{column}"
        for service in SERVICES
        for column in columns_with(answered.system.databases[service].url, CLASS)
    }
    planned = {"campaigns.classes", "code_issues.class_code", "audit_entries.after"}
    assert found == {f"surveys.{one}" for one in planned | {"responses.class_code"}}
    for key, message in answered.heard:
        of_campaign = '"classes"' in message
        assert CLASS not in message or of_campaign or key == "surveys.submit_responses", key


def test_the_words_stand_where_they_are_read_alone(answered: Answered) -> None:
    found = {
        f"{service}.{column}"
        for service in SERVICES
        for column in columns_with(answered.system.databases[service].url, TEXT)
    }
    kept = {"demand_reports.what", "demand_reports.when"}
    assert found == {f"surveys.{column}" for column in kept} | {"inspections.petitions.text"}
    carried = {key for key, message in answered.heard if "danhdau-4408" in message}
    assert carried == {"surveys.submit_responses", "inspections.submit_petition"}
    for process in answered.system.processes.values():
        assert "danhdau-4408" not in process.log.read_text()


def test_no_log_and_no_metric_tells_the_moment(answered: Answered) -> None:
    assert {name: text for name, text in answered.logged.items() if text} == {}
    for name, process in answered.system.processes.items():
        assert answered.window.told_in(process.get("/metrics").text) == [], name


def test_events_are_dated_on_the_day(answered: Answered) -> None:
    told = [message for key, message in answered.heard if "'type': '" + key in message]
    assert len(told) >= 4, "answer, demand, proposal, suggestion"
    for message in told:
        properties, _, body = message.partition("} {")
        assert answered.window.told_in(body) == []
        assert answered.window.told_in(properties), "the broker's header, as the page says"


def test_the_page_names_what_a_superuser_of_the_databases_still_sees(answered: Answered) -> None:
    named = set(re.findall(r"`(\w+\.\w+_at)`", PAGE))
    found = set().union(
        *(
            columns_telling(answered.system.databases[service].url, answered.window)
            for service in SERVICES
        )
    )
    assert found == {"events.recorded_at", "inbox.received_at"}
    assert found <= named
