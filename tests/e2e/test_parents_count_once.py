"""From the QR code on a door to the real surveys, on a phone: one answer, one receipt."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect, sync_playwright

from dashboard.printing.poster import Poster, draw_posters
from dashboard.printing.slips import SlipText, draw_slips
from tests.dashboard.browser import CHROMIUM, QUIET
from tests.support.district import OWN, RealDistrict
from tests.support.eventually import eventually

pytestmark = pytest.mark.xdist_group("real")


@pytest.fixture
def phone(real: RealDistrict) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=QUIET,
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


def scan(pdf: bytes) -> list[str]:
    """Return what a camera reads on the first page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    picture: Any = document[0].render(scale=4).to_pil()
    document.close()
    return sorted(code.text for code in zxingcpp.read_barcodes(picture))


def public(real: RealDistrict, slug: str) -> Any:
    return real.client.get(f"/api/v1/public/campaigns/{slug}").json()


def command(real: RealDistrict, what: str, campaign_id: str, **body: Any) -> Any:
    route = f"POST /api/v1/campaigns/{{campaign_id}}/{what}"
    done = real.ask(route, "principal", {"campaign_id": campaign_id}, json=body)
    assert done.is_success, done.text
    return done.json()


def answer_satisfied(phone: Page) -> None:
    phone.get_by_role("radio", name="Có").check()
    phone.get_by_role("button", name="Tiếp tục").tap()
    phone.locator("#q-F input").nth(4).check()
    phone.get_by_role("button", name="Gửi ý kiến").dblclick()


def responses(real: RealDistrict, campaign_id: str) -> list[Any]:
    query = "SELECT campaign_id, source, class_code, batch_id, answers ->> 'F' FROM responses"
    found = real.system.rows("surveys", query)
    return [row[1:] for row in found if str(row[0]) == campaign_id]


def test_from_the_poster_of_a_class_to_what_the_school_did(real: RealDistrict, phone: Page) -> None:
    campaign_id, slug = open_campaign(real)
    command(real, "access", campaign_id, access="open", classes=["Lá 2"])
    link = f"{real.client.base_url}/k/{slug}?lop-hoc=L%C3%A1+2"
    poster = Poster("Trường Thí Dụ", "Khảo sát", "Lớp Lá 2", link, ("Quét mã.",))
    (scanned,) = scan(draw_posters([poster]))

    eventually(lambda: public(real, slug)["classes"])
    phone.goto(scanned)
    answer_satisfied(phone)
    receipt = phone.locator("[data-receipt]")
    expect(receipt).to_be_visible()
    assert responses(real, campaign_id) == [("web", "Lá 2", None, "5")]
    phone.get_by_role("link", name="Xem nhà trường đã làm gì").tap()
    expect(phone.get_by_text("Ý kiến của anh/chị đã được nhận.")).to_be_visible()

    about = {"campaign_id": campaign_id}
    close = "POST /api/v1/campaigns/{campaign_id}/close"
    assert real.ask(close, "district_officer", about, json={"reason": "Đủ phiếu"}).is_success
    phone.reload()
    expect(phone.get_by_text("Số phiếu quá ít nên kết quả không công bố")).to_be_visible()


def test_a_slip_lets_one_answer_in(real: RealDistrict, phone: Page) -> None:
    campaign_id, slug = open_campaign(real)
    command(real, "access", campaign_id, access="codes")
    eventually(lambda: public(real, slug)["access"] == "codes")
    made = command(real, "codes", campaign_id, number=2)
    links = {code: f"{made['link']}?ma-phieu={code}" for code in made["codes"]}
    text = SlipText("Trường Thí Dụ", "Khảo sát", "", "Quét mã QR.", "Mã:", "Không ghi tên.")
    scanned, other = scan(draw_slips(text, list(links.items())))
    for address in (scanned, other):
        phone.goto(address)
        answer_satisfied(phone)
        expect(phone.locator("[data-receipt]")).to_be_visible()
    assert len(responses(real, campaign_id)) == 2, "two slips, two answers"
    phone.goto(scanned)
    answer_satisfied(phone)
    refused = phone.get_by_text("Mã này không đúng hoặc đã được dùng")
    expect(refused).to_be_visible()
    assert len(responses(real, campaign_id)) == 2
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
