"""The document of a report: who writes it, who numbers it, what everybody may take home."""

import base64
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import documents, reports

Open = Callable[..., AppTest]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def press(at: AppTest, label: str) -> AppTest:
    """Press the button that says so."""
    [button] = [one for one in at.main.button if one.label == label]
    return button.click().run()


def test_everybody_finds_the_files(open_page: Open) -> None:
    at = open_page("teacher", "reports", obligation=reports.OWN_OVERDUE)
    page = text_of(at)
    assert "05/BC-MNCVG" in page
    assert page.count("file?format=docx") == 4
    assert page.count("file?format=pdf") == 1
    assert "PDF đang được tạo" in page
    assert "không tạo được PDF" in page
    assert not at.main.button


def _approved(monkeypatch: pytest.MonkeyPatch, *, in_place: bool) -> None:
    """Let a deputy have approved in place of the head, or the head."""
    who = "Phó Hiệu trưởng (thí dụ)" if in_place else "Hiệu trưởng (thí dụ)"
    told = {"in_place": in_place, "approved_by": who}
    changed = [
        one.model_copy(update={"preparation": one.preparation.model_copy(update=told)})
        if one.preparation and str(one.obligation_id) == reports.OWN_SENT
        else one
        for one in reports.ALL
    ]
    monkeypatch.setattr(reports, "ALL", tuple(changed))


def test_whoever_approved_is_offered_as_the_signer(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    _approved(monkeypatch, in_place=False)  # the draft is written for the deputy
    at = open_page("clerk", "reports", obligation=reports.OWN_SENT)
    assert "Hiệu trưởng (thí dụ)" in [one.value for one in at.main.text_input]


def test_the_clerk_enters_the_number(
    open_page: Open, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    _approved(monkeypatch, in_place=True)
    at = open_page("clerk", "reports", obligation=reports.OWN_SENT)
    assert "Xin nhập số" in str([one.value for one in press(at, "Cấp số").main.warning])
    at.main.number_input[0].set_value(15)
    press(at, "Cấp số")
    body = {
        "number": 15,
        "symbol": "BC-MNCVG",
        "signer": "Nguyễn Thí Dụ",
        "issued_on": "2024-03-18",
    }
    assert gateway.sent == [(f"POST /api/v1/documents/{documents.DRAFT}/number", body)]


def test_what_is_not_approved_gets_no_number(open_page: Open) -> None:
    at = open_page("clerk", "reports", obligation=reports.OWN_OVERDUE)
    assert "Cần được duyệt rồi mới lấy số" in str([one.value for one in at.main.caption])
    assert "Cấp số" not in [one.label for one in at.main.button]


def test_what_is_approved_is_written_no_more(open_page: Open) -> None:
    at = open_page("clerk", "reports", obligation=reports.OWN_SENT)
    assert "Lưu dự thảo" not in [one.label for one in at.main.button]


def test_a_head_writes_and_numbers_nothing(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "reports", obligation=reports.OWN_OVERDUE)
    assert "Cấp số" not in [one.label for one in at.main.button]
    texts = {one.label: one for one in at.main.text_area}
    texts["2. Kiến nghị, đề xuất"].set_value("Không.")
    press(at, "Lưu dự thảo")
    [(route, body)] = gateway.sent
    assert route == f"POST /api/v1/obligations/{reports.OWN_OVERDUE}/documents"
    assert body == {
        "place": "Quận 7",
        "issued_on": "2024-03-18",
        "signer": "Nguyễn Thí Dụ",
        "deputy": True,
        "texts": ["Đã làm.", "Không."],
    }


def test_the_district_uploads_a_template(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("district_officer", "reports")
    assert "/api/v1/document-templates/periodic/1/file" in text_of(at)
    at.main.file_uploader[0].set_value(("mau.docx", b"PK", DOCX))
    press(at, "Tải mẫu lên")
    content = base64.b64encode(b"PK").decode()
    assert len(gateway.sent) == 1
    assert gateway.sent[0][0].startswith("POST /api/v1/document-templates/")
    assert gateway.sent[0][1] == {"content": content}


def test_a_school_changes_no_template(open_page: Open) -> None:
    assert not open_page("principal", "reports").main.file_uploader
