"""Who may answer, codes, and answers from paper on the page of a campaign."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import paper, surveys
from tests.dashboard.test_slip_line import CHILDREN, line_of

Open = Callable[..., AppTest]
CAMPAIGN = f"/api/v1/campaigns/{surveys.OPEN}"


def open_campaign(open_page: Open, role: str = "district_officer", language: str = "vi") -> AppTest:
    return open_page(role, "surveys", language, campaign=str(surveys.OPEN))


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [one for one in at.main.button if one.label == label]
    return button.click().run()


def test_each_class_has_its_own_link(open_page: Open) -> None:
    at = open_campaign(open_page)
    (chosen,) = [one for one in at.main.selectbox if one.label == "Lớp" and not one.key]
    chosen.select("Lá 2").run()
    assert "lop-hoc=L%C3%A1+2" in text_of(at)


def test_staff_say_who_may_answer(open_page: Open, gateway: FakeGateway) -> None:
    at = open_campaign(open_page)
    at.radio[0].set_value("codes")
    (classes,) = [one for one in at.text_input if one.label.startswith("Các lớp")]
    classes.input("3A,  3B,, 3A")
    press(at, "Lưu")
    assert gateway.sent == [
        (f"POST {CAMPAIGN}/access", {"access": "codes", "classes": ["3A", "3B"]})
    ]
    assert "Đã lưu ai được trả lời và các lớp." in text_of(at)


def test_codes_are_made_printed_and_shown_once(open_page: Open, gateway: FakeGateway) -> None:
    gateway.routes = gateway.routes | {"GET /campaigns/{campaign_id}/access": paper.with_codes}
    at = open_campaign(open_page)
    assert "Đợt này chỉ nhận phiếu có mã dùng một lần." in text_of(at)
    assert "Lá 2" in text_of(at)
    press(at, "Tạo mã và phiếu in")
    assert gateway.sent == [(f"POST {CAMPAIGN}/codes", {"number": 30, "class_code": None})]
    assert "Đã tạo 30 mã. Hãy tải tờ phiếu ngay" in text_of(at)
    at.run()
    assert "Đã tạo 30 mã" not in text_of(at)


def test_a_slip_is_typed_and_the_next_one_follows(open_page: Open, gateway: FakeGateway) -> None:
    at = open_campaign(open_page)
    at.text_input(key="slip-line").input(line_of(CHILDREN))
    press(at, "Lưu phiếu (Enter)")
    at.text_input(key="slip-line").input(line_of(CHILDREN))
    press(at, "Lưu phiếu (Enter)")
    assert "Đã lưu 2 phiếu trong đợt nhập này." in text_of(at)
    (first, one), (_, two) = gateway.sent
    assert first == f"POST {CAMPAIGN}/slips"
    assert one["batch_id"] == two["batch_id"], "both in one batch"
    assert one["slips"] != two["slips"], "each under an id of its own"


def test_a_wrong_line_is_said_and_not_sent(open_page: Open, gateway: FakeGateway) -> None:
    at = open_campaign(open_page)
    at.text_input(key="slip-line").input("4 9")
    press(at, "Lưu phiếu (Enter)")
    page = text_of(at)
    assert "Phiếu này chưa được lưu" in page
    assert "phím không dùng được cho câu này" in page
    assert ">4 9<" in page, "what was typed is still to be seen"
    assert gateway.sent == []


def test_a_batch_is_undone_by_who_is_sure(open_page: Open, gateway: FakeGateway) -> None:
    at = open_campaign(open_page)
    assert "Lớp Lá, phiếu gửi về thứ Sáu" in text_of(at)
    press(at, "Hủy đợt nhập")
    assert gateway.sent == []
    [sure] = [one for one in at.checkbox if one.label.startswith("Tôi hiểu")]
    sure.check()
    press(at, "Hủy đợt nhập")
    assert [route for route, _ in gateway.sent] == [
        f"POST /api/v1/batches/{paper.TYPED.batch_id}/undo"
    ]


def test_who_only_looks_types_nothing_in(open_page: Open) -> None:
    at = open_campaign(open_page, "district_viewer")
    assert not at.text_input
    assert "Lớp Lá, phiếu gửi về thứ Sáu" in text_of(at)
    assert not [one for one in at.main.button if one.label == "Hủy đợt nhập"]


def test_paper_reads_in_english(open_page: Open) -> None:
    page = text_of(open_campaign(open_page, language="en"))
    assert "How to type: the order of items and their keys" in page
    assert "Typed in" in page
