"""A report inside its school, as the page shows it and lets it move."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import drafts, reports
from tests.dashboard.test_matters import press, write

Open = Callable[..., AppTest]


def path(report: str, verb: str) -> str:
    return f"POST /api/v1/obligations/{report}/{verb}"


def test_a_clerk_begins_and_finds_no_way_around_the_approval(
    open_page: Open, gateway: FakeGateway
) -> None:
    at = open_page("clerk", "reports", obligation=reports.OWN_OVERDUE)
    page = text_of(at)
    assert "Xác nhận đã gửi" not in page
    assert "Ghi nhận đã gửi qua e-office" in page
    press(at, "Bắt đầu soạn")
    assert gateway.sent == [(path(reports.OWN_OVERDUE, "draft"), {})]


def test_the_principal_approves_or_gives_back(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "reports", obligation=reports.OWN_WAITING)
    assert "Chờ duyệt" in text_of(at)
    press(at, "Duyệt báo cáo")
    at = open_page("principal", "reports", obligation=reports.OWN_WAITING)
    write(at, "Nội dung cần sửa", "Bổ sung mục II")
    press(at, "Chuyển lại người soạn")
    assert gateway.sent == [
        (path(reports.OWN_WAITING, "approve"), {}),
        (path(reports.OWN_WAITING, "give-back"), {"reason": "Bổ sung mục II"}),
    ]


def test_a_clerk_does_not_approve(open_page: Open) -> None:
    page = text_of(open_page("clerk", "reports", obligation=reports.OWN_WAITING))
    assert "Chờ duyệt" in page
    assert "Duyệt báo cáo" not in page


def test_the_school_withdraws_with_a_reason(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "reports", obligation=reports.OWN_SENT)
    write(at, "Lý do rút lại", "Nhầm biểu")
    press(at, "Rút lại báo cáo")
    assert gateway.sent == [(path(reports.OWN_SENT, "withdraw"), {"reason": "Nhầm biểu"})]


def test_a_signed_file_is_told_with_its_moment_and_digest(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "reports", obligation=reports.OWN_SENT))
    assert "12-BC-CVG.pdf" in page
    assert "10:00" in page
    assert "9f2c9f2c" in page
    assert "Soạn và duyệt" not in page


def test_the_e_office_form_asks_for_all_of_it(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("clerk", "reports", obligation=reports.OWN_OVERDUE)
    at = press(at, "Ghi nhận đã gửi qua e-office")
    assert at.warning[0].value == "Xin chọn tệp, ngày và giờ gửi."
    assert gateway.sent == []


def test_the_principal_sees_and_ends_who_signs_in_place(
    open_page: Open, gateway: FakeGateway
) -> None:
    at = open_page("principal", "reports")
    assert "Hiệu trưởng đi tập huấn" in text_of(at)
    press(at, "Kết thúc việc giao cho Phó hiệu trưởng (thí dụ)")
    ended = f"POST /api/v1/signing-authorities/{reports.AUTHORITY.authority_id}/end"
    assert gateway.sent == [(ended, {})]
    assert "Kết thúc việc giao" not in text_of(open_page("clerk", "reports"))


def test_each_figure_stands_beside_the_period_before(open_page: Open) -> None:
    page = text_of(open_page("principal", "reports", obligation=reports.OWN_WAITING))
    assert "96,3\u00a0%" in page
    assert "−2" in page
    assert "Tự tính: 4; Văn thư (thí dụ) sửa: Một đơn nhận bằng giấy" in page


def test_a_figure_opens_its_events(open_page: Open) -> None:
    at = open_page("principal", "reports", obligation=reports.OWN_WAITING)
    [chosen] = [box for box in at.main.selectbox if box.label == "Xem nguồn của số liệu"]
    page = text_of(chosen.select(drafts.FIGURE.words.vi).run())
    assert "Tính từ 4 việc." in page
    assert f"matter={drafts.ORIGIN.events[0].correlation_id}" in page


def test_a_figure_is_changed_with_a_reason(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("clerk", "reports", obligation=reports.OWN_WAITING)
    at = press(at, "Lưu giá trị")
    assert at.warning[0].value == "Xin ghi lý do."
    at.main.number_input[0].set_value(6.0)
    write(at, "Lý do sửa", "Một đơn nhận bằng giấy")
    press(at, "Lưu giá trị")
    assert gateway.sent == [
        (
            path(reports.OWN_WAITING, "figures/satisfaction.tthc"),
            {"value": 6.0, "reason": "Một đơn nhận bằng giấy"},
        )
    ]
