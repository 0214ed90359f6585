"""What all processes write while people work: one id finds a matter, none finds a parent."""

import json
import re
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from deploy.local.play.api import Api, Json, login
from tests.dashboard.browser import CHROMIUM, QUIET
from tests.e2e.test_journey import page_of
from tests.support.campaign import HEAD, SCHOOL
from tests.support.eventually import eventually
from tests.support.site import PARTS, Site
from tests.support.system import PASSWORD, SERVICES

FIELDS = ("time", "level", "service", "logger", "message")
ADDRESS = re.compile(r"127\.0\.0\.1:(\d+)|\b\d+\.\d+\.\d+\.\d+\b|\[::")

pytestmark = pytest.mark.xdist_group("site")


def settled(site: Site) -> None:
    eventually(lambda: not site.system.unsettled(), timeout=30, message="nothing on its way")


def test_one_id_finds_a_change_in_every_process_that_it_reached(site: Site) -> None:
    token = login(site.system.url, "vanhanh", PASSWORD)
    mine = str(uuid4())
    school: Json = {"code": "thi-du-hai", "title": "Trường Hai", "level": "primary"}
    school |= {"opened_on": "2015-09-05", "parents": {"administrative": "quan"}}
    done = httpx.post(
        f"{site.system.url}/api/v1/schools",
        json=school,
        headers={"Authorization": f"Bearer {token}", "X-Correlation-ID": mine},
    )
    assert done.status_code == 201
    theirs = done.headers["X-Correlation-ID"]
    assert theirs != mine, "an id from outside is not taken over"
    reached = {"gateway", "directory", "surveys", "inspections", "reports"}
    eventually(lambda: site.parts_that_know(theirs) == reached)
    [access] = [line for line in site.lines("gateway") if line.get("correlation_id") == theirs]
    assert (access["route"], access["status"]) == ("/api/v1/schools", 201)
    assert access["caller_id"] == mine
    calls = {
        line["method"]: line["code"]
        for line in site.lines("directory")
        if line.get("correlation_id") == theirs and "method" in line
    }
    assert calls["DirectoryService.register_school"] == "ok"
    for service in ("surveys", "inspections", "reports"):
        [reaction] = [line for line in site.lines(service) if line.get("correlation_id") == theirs]
        assert reaction["event"] == "directory.school_registered"
        assert reaction["ms"] >= 0


def test_a_parent_s_answer_stands_in_no_log_and_its_chain_is_whole(site: Site) -> None:
    settled(site)
    before = {part: len(site.lines(part)) for part in PARTS}
    answer = {
        "submission_id": str(uuid4()),
        "answers": {"P": "no"},
        "demand": {"what": "Tình huống thí dụ."},
    }
    done = httpx.post(
        f"{site.system.url}/api/v1/public/campaigns/{site.slug}/responses", json=answer
    )
    assert done.status_code == 201, done.text
    request = done.headers["X-Correlation-ID"]
    with Api(site.system.url, login(site.system.url, HEAD, PASSWORD)) as head:
        [inspection] = eventually(lambda: head.items("/inspections"), timeout=30)
        chain = inspection["correlation_id"]
        events = head.get(f"/traces/{chain}")["events"]
    assert {"surveys.improper_demand_reported", "inspections.inspection_proposed"} <= {
        event["type"] for event in events
    }
    settled(site)
    assert chain != request
    for trail in (chain, answer["submission_id"], site.slug, *(event["id"] for event in events)):
        assert site.parts_that_know(str(trail)) == set()
    assert site.parts_that_know(request) <= {"gateway"}
    for service in SERVICES:
        new = site.lines(service)[before[service] :]
        assert not [line for line in new if str(line.get("event", "")).startswith("surveys.")]
        assert not [line for line in new if "submit_responses" in line["message"]]


def test_a_reader_can_name_what_failed(site: Site) -> None:
    with Api(site.system.url, login(site.system.url, HEAD, PASSWORD)) as head:
        token = head._http.headers["Authorization"]
    refused = httpx.get(
        f"{site.system.url}/api/v1/inspections/{UUID(int=7)}", headers={"Authorization": token}
    )
    named = refused.json()["correlation_id"]
    assert refused.status_code == 404
    assert named == refused.headers["X-Correlation-ID"]
    eventually(lambda: {"gateway", "inspections"} <= site.parts_that_know(named))
    [call] = [line for line in site.lines("inspections") if line.get("correlation_id") == named]
    assert call["code"] == refused.json()["code"]


def test_a_page_of_the_dashboard_and_its_calls_are_laid_side_by_side(site: Site) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        token = login(site.system.url, HEAD, PASSWORD)
        with page_of(browser, site.dashboard, scripts=True) as page:
            page.context.add_cookies(
                [{"name": "kipthoi_session", "value": token, "url": site.dashboard}]
            )
            page.goto(f"{site.dashboard}/inspections?inspection={UUID(int=7)}")
            notice = page.get_by_role("alert").first
            expect(notice).to_be_visible(timeout=30_000)
            number = re.findall(r"[0-9a-f-]{36}", notice.inner_text())[0]
        browser.close()
    [access] = [line for line in site.lines("gateway") if line.get("correlation_id") == number]
    assert access["status"] == 404
    runs = [line for line in site.lines("dashboard") if line.get("route")]
    assert access["caller_id"] in {line["correlation_id"] for line in runs}
    assert "/inspections/{id}" in {line["route"] for line in runs}


def test_every_line_is_json_and_tells_no_address(site: Site) -> None:
    own = {str(process.port) for process in site.system.processes.values()}
    own.add(site.dashboard.rsplit(":", 1)[1])
    for part in PARTS:
        lines = site.lines(part)
        assert lines, part
        for line in lines:
            assert all(field in line for field in FIELDS), line
            assert line["service"] == part
            for found in ADDRESS.finditer(json.dumps(line)):
                assert found[1] in own, line
            assert "?" not in line.get("route", "")
    assert SCHOOL not in json.dumps(site.lines("gateway"))
