"""A double tap on a real phone, through to the real surveys: one answer, one receipt."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.support.district import OWN, RealDistrict
from tests.support.eventually import eventually

pytestmark = pytest.mark.xdist_group("real")


@pytest.fixture
def phone(real: RealDistrict) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        context = browser.new_context(
            base_url=str(real.client.base_url),
            viewport={"width": 360, "height": 640},
            java_script_enabled=False,
            has_touch=True,
            locale="vi-VN",
        )
        yield context.new_page()
        browser.close()


def open_campaign(real: RealDistrict) -> tuple[str, str]:
    """Make a campaign that is open now; returns its id and slug."""
    today = date.today()  # noqa: DTZ011 - yesterday to next week, whatever the time zone
    wanted = {
        "school": OWN,
        "form": "tthc",
        "opens_on": str(today - timedelta(days=1)),
        "closes_on": str(today + timedelta(days=7)),
        "legal_basis": "Kế hoạch số 513/KH-GDĐT",
    }

    def made() -> dict[str, str]:
        response = real.ask("POST /api/v1/campaigns", "principal", json=wanted)
        assert response.status_code == 201, "surveys has not heard of the school yet"
        campaign: dict[str, str] = response.json()
        return campaign

    campaign = eventually(made)
    path = f"/api/v1/public/campaigns/{campaign['slug']}"
    eventually(lambda: real.client.get(path).json()["state"] == "open")
    return campaign["campaign_id"], campaign["slug"]


def demands(real: RealDistrict, role: str, campaign_id: str) -> list[dict[str, object]]:
    """What a role reads of the demands that were reported in a campaign."""
    listed = real.ask("GET /api/v1/demands", role).json()["items"]
    return [item for item in listed if item["campaign_id"] == campaign_id]


def test_a_double_tap_a_reload_and_a_resend(real: RealDistrict, phone: Page) -> None:
    campaign_id, slug = open_campaign(real)
    phone.goto(f"/k/{slug}")
    phone.get_by_role("radio", name="Có").check()
    phone.get_by_role("button", name="Tiếp tục").tap()
    phone.locator("#q-F input").nth(4).check()
    phone.get_by_role("button", name="Gửi ý kiến").dblclick()
    receipt = phone.locator("[data-receipt]")
    expect(receipt).to_be_visible()
    first = receipt.inner_text()
    phone.reload()
    assert receipt.inner_text() == first
    phone.go_back()
    phone.get_by_role("button", name="Gửi ý kiến").tap()
    assert receipt.inner_text() == first
    detail = real.ask(
        "GET /api/v1/campaigns/{campaign_id}", "principal", {"campaign_id": campaign_id}
    ).json()
    assert detail["responses"] == 1

    phone.get_by_role("link", name="Gửi phiếu cho bé khác").tap()
    phone.get_by_role("radio", name="Không").check()
    phone.get_by_role("button", name="Tiếp tục").tap()
    phone.locator("label[for=d-yes]").tap()
    phone.get_by_label("Cụ thể là gì?").fill("Thu quỹ lớp không biên lai")
    phone.get_by_label("liên quan đến người đứng đầu").check()
    phone.get_by_role("button", name="Gửi ý kiến").tap()
    assert receipt.inner_text() != first
    assert demands(real, "principal", campaign_id) == []
    above = demands(real, "district_officer", campaign_id)
    assert [item["concerns_head"] for item in above] == [True]
