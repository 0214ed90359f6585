"""What people do in the dashboard, and the command that the gateway gets."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from tests.dashboard.conftest import text_of
from tests.dashboard.fake_gateway import FakeGateway
from tests.dashboard.sample import inspections, remedies, reports, traces

Open = Callable[..., AppTest]


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    [button] = [button for button in at.main.button if button.label == label]
    return button.click().run()


def write(at: AppTest, label: str, text: str) -> None:
    """Write into the field with this label."""
    fields = [*at.main.text_area, *at.main.text_input]
    [field] = [field for field in fields if field.label == label]
    field.input(text)


def test_a_principal_sees_why_and_orders(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", inspection=inspections.PROPOSED)
    page = text_of(at)
    assert "Phụ huynh phản ánh bị yêu cầu giấy tờ" in page
    assert "1 phản ánh trên 168 phiếu" in page
    assert "Hạn ra quyết định: 20/03/2024" in page
    assert "Hạn cũ 19/03/2024" in page
    write(at, "Số quyết định", "05/QĐ-CVG")
    at = press(at, "Ra quyết định kiểm tra")
    path = f"POST /api/v1/inspections/{inspections.PROPOSED}/order"
    assert gateway.sent == [(path, {"decision_number": "05/QĐ-CVG"})]
    assert "Đã ra quyết định kiểm tra." in text_of(at)


def test_an_inspection_whose_report_was_withdrawn_says_so(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = inspections.ALL[0]
    [trigger] = one.triggers
    withdrawn = trigger.model_copy(update={"withdrawn_on": date(2024, 3, 19)})
    told = one.model_copy(update={"triggers": (withdrawn,), "trigger_count": 0, "shares": ()})
    monkeypatch.setattr(inspections, "ALL", [told])
    page = text_of(open_page("principal", "inspections", inspection=inspections.PROPOSED))
    assert "1 phản ánh đến từ đợt nhập phiếu đã bị hủy ngày 19/03/2024" in page
    assert "vẫn chờ người có trách nhiệm quyết định" in page


def test_an_order_may_come_before_its_number(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", inspection=inspections.PROPOSED)
    press(at, "Ra quyết định kiểm tra")
    assert gateway.sent[0][1] == {"decision_number": None}


def test_deciding_against_it_needs_a_reason(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", inspection=inspections.PROPOSED)
    at = press(at, "Không kiểm tra")
    assert at.warning[0].value == "Xin ghi lý do."
    assert gateway.sent == []
    write(at, "Lý do không kiểm tra", "Đã làm rõ với phụ huynh")
    press(at, "Không kiểm tra")
    path = f"POST /api/v1/inspections/{inspections.PROPOSED}/dismiss"
    assert gateway.sent == [(path, {"reason": "Đã làm rõ với phụ huynh"})]


def test_the_head_decides_before_the_district(open_page: Open) -> None:
    at = open_page("district_officer", "inspections", inspection=inspections.PROPOSED)
    assert "Thủ trưởng đơn vị quyết định" in text_of(at)
    assert not at.main.text_area
    at = open_page("district_officer", "inspections", inspection=inspections.ESCALATED)
    assert at.main.text_area


def test_the_clock_that_hides_the_time_of_an_answer(open_page: Open) -> None:
    at = open_page("principal", "inspections", inspection=inspections.PROPOSED)
    assert "05/03/2024, " not in text_of(at)


def test_an_inspection_is_carried_out_item_by_item(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", inspection=inspections.ORDERED)
    assert "Đã đánh dấu 0/16 mục." in text_of(at)
    for place in range(1, 17):
        at.segmented_control(key=f"judged-K{place}").set_value("unmet" if place == 10 else "met")
    at.run()
    at.text_area(key="note-K10").input("Không có căn cứ")
    at.selectbox(key="severity-K10").set_value(3)
    at.checkbox(key="arbitrary-K10").check()
    press(at, "Ghi kết quả kiểm tra")
    [(path, body)] = gateway.sent
    assert path == f"POST /api/v1/inspections/{inspections.ORDERED}/complete"
    results = body["results"]
    assert isinstance(results, list)
    assert len(results) == 16
    assert results[0] == {"item": "K1", "met": True}
    assert results[9] == {
        "item": "K10",
        "met": False,
        "note": "Không có căn cứ",
        "severity": 3,
        "arbitrary_demand": True,
    }


def test_an_item_is_never_less_severe_than_the_checklist_says(open_page: Open) -> None:
    at = open_page("principal", "inspections", inspection=inspections.ORDERED)
    at.segmented_control(key="judged-K15").set_value("unmet").run()
    assert len(at.selectbox(key="severity-K15").options) == 2


def test_a_finding_gets_its_remedy(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", inspection=inspections.COMPLETED)
    page = text_of(at)
    assert "K9 · Không yêu cầu giấy tờ ngoài quy định" in page
    assert "Hoàn trả khoản thu sai" in page
    form = at.main.get_by_key(f"assign-{remedies.FINDINGS[2].finding_id}")
    assert isinstance(form, Block)
    form.selectbox[0].set_value("refund")
    form.text_area[0].input("Hoàn trả")
    form.button[0].click().run()
    path = f"POST /api/v1/findings/{remedies.FINDINGS[2].finding_id}/remedies"
    assert gateway.sent == [(path, {"kind": "refund", "description": "Hoàn trả"})]


def test_a_remedy_is_closed_with_evidence(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", inspection=inspections.COMPLETED)
    at = press(at, "Xác nhận đã khắc phục xong")
    assert "minh chứng" in at.warning[0].value
    write(at, "Minh chứng: đã làm gì, khi nào", "Biên bản tập huấn")
    write(at, "Giải trình bằng văn bản (bắt buộc ở mức này)", "Đã giải trình")
    press(at, "Xác nhận đã khắc phục xong")
    path = f"POST /api/v1/remedies/{remedies.OPEN.remedy_id}/close"
    body = {"evidence": "Biên bản tập huấn", "explanation": "Đã giải trình"}
    assert gateway.sent == [(path, body)]


def test_a_surprise_check_is_proposed_by_hand(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections")
    press(at, "Lập đề nghị")
    body = {"school": "cau-vong-giay", "kind": "surprise", "note": ""}
    assert gateway.sent == [("POST /api/v1/inspections", body)]


def test_an_improvement_task_is_closed(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", part="tasks")
    write(at, "Đã làm gì để cải thiện, minh chứng", "Thêm ghế chờ")
    press(at, "Xác nhận đã xong")
    path = f"POST /api/v1/improvement-tasks/{remedies.OWN_TASK.task_id}/close"
    assert gateway.sent == [(path, {"evidence": "Thêm ghế chờ"})]


def test_a_petition_is_answered(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", part="petitions")
    write(at, "Nội dung trả lời", "Đã niêm yết thời hạn")
    press(at, "Gửi trả lời")
    path = f"POST /api/v1/petitions/{remedies.PETITION.petition_id}/answer"
    assert gateway.sent == [(path, {"text": "Đã niêm yết thời hạn"})]


def test_a_petition_told_in_person_is_recorded_once(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "inspections", part="petitions")
    at = press(at, "Ghi nhận")
    assert gateway.sent == []
    write(at, "Nội dung", "Xin thêm ghế chờ")
    gateway.refusals["POST /petitions"] = "service.unavailable"
    at = press(at, "Ghi nhận")
    first = at.session_state["once"].id_of("petition")
    del gateway.refusals["POST /petitions"]
    at = press(at, "Ghi nhận")
    [(_, body)] = gateway.sent
    assert body["submission_id"] == first
    assert len(set(gateway.keys)) == 1, "nobody knows whether the first one was done"
    assert at.session_state["once"].id_of("petition") != first, "the next one is another"
    assert body["text"] == "Xin thêm ghế chờ"
    assert body["received_on"] is None


def test_why_a_rule_did_not_fire_can_be_read(open_page: Open) -> None:
    at = open_page("principal", "inspections", part="evaluations")
    assert "Không đủ điều kiện" not in text_of(at)
    at.segmented_control(key="evaluations").set_value("all").run()
    page = text_of(at)
    assert "Không đủ điều kiện" in page
    assert "(thực tế: đạt chỉ tiêu)" in page


def test_a_deadline_explains_itself(open_page: Open) -> None:
    page = text_of(open_page("principal", "reports", obligation=reports.OWN_OVERDUE))
    assert "Hạn 18/03/2024, vì:" in page
    assert "chuyển sang thứ Hai 18/03/2024" in page
    assert "Hạn cũ là 15/03/2024" in page
    assert "Còn 3 ngày làm việc" in page
    english = text_of(open_page("principal", "reports", "en", obligation=reports.OWN_OVERDUE))
    assert "moved to Monday 18/03/2024" in english


def test_a_report_is_submitted(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("principal", "reports", obligation=reports.OWN_OVERDUE)
    write(at, "Ghi chú (số, ký hiệu văn bản nếu có)", "12/BC-CVG")
    at.checkbox(key="submit-holds-2").check()
    press(at, "Xác nhận đã gửi")
    path = f"POST /api/v1/obligations/{reports.OWN_OVERDUE}/submit"
    assert gateway.sent == [(path, {"note": "12/BC-CVG", "holds": [1, 2]})]


def test_who_sends_before_the_period_is_over_is_told(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Kỳ báo cáo chưa kết thúc: số liệu còn tính đến hết ngày 14/03/2024."
    assert words not in text_of(open_page("principal", "reports", obligation=reports.OWN_OVERDUE))
    told = [one.model_copy(update={"period_over": False}) for one in reports.ALL]
    monkeypatch.setattr(reports, "ALL", tuple(told))
    assert words in text_of(open_page("principal", "reports", obligation=reports.OWN_OVERDUE))


@pytest.mark.parametrize(
    ("button", "field", "path"),
    [
        ("Trả lại để bổ sung", "Lý do trả lại", f"{reports.SENT_LATE}/return"),
        ("Miễn báo cáo này", "Lý do miễn", f"{reports.LATE}/exempt"),
    ],
)
def test_an_officer_gives_a_reason(
    open_page: Open, gateway: FakeGateway, button: str, field: str, path: str
) -> None:
    at = open_page("district_officer", "reports", obligation=path.split("/", maxsplit=1)[0])
    at = press(at, button)
    assert at.warning[0].value == "Xin ghi lý do."
    write(at, field, "Thiếu phụ lục")
    press(at, button)
    assert gateway.sent == [(f"POST /api/v1/obligations/{path}", {"reason": "Thiếu phụ lục"})]


def test_an_officer_receives_a_report(open_page: Open, gateway: FakeGateway) -> None:
    at = open_page("district_officer", "reports", obligation=reports.SENT_LATE)
    press(at, "Đã nhận báo cáo")
    assert gateway.sent == [(f"POST /api/v1/obligations/{reports.SENT_LATE}/receive", {})]


def test_a_refused_command_keeps_what_was_written(open_page: Open, gateway: FakeGateway) -> None:
    gateway.refusals["POST /obligations/{obligation_id}/submit"] = "reports.already_submitted"
    at = open_page("principal", "reports", obligation=reports.OWN_OVERDUE)
    write(at, "Ghi chú (số, ký hiệu văn bản nếu có)", "12/BC-CVG")
    at = press(at, "Xác nhận đã gửi")
    assert "reports.already_submitted" in text_of(at)
    kept = [one.value for one in at.main.text_area if one.label.startswith("Ghi chú")]
    assert kept == ["12/BC-CVG"]


def test_a_matter_is_told_from_the_answer_to_the_remedy(open_page: Open) -> None:
    page = text_of(open_page("district_officer", "history", matter=str(traces.MATTER)))
    steps = [
        "Phụ huynh phản ánh qua phiếu: Khoản thu ngoài quy định",
        "Đề nghị kiểm tra",
        "Quá hạn chưa quyết định, chuyển cấp trên",
        "Thủ trưởng ra quyết định kiểm tra",
        "Đã xem 16 mục, 1 mục chưa đạt",
        "Giao việc khắc phục: Hoàn trả khoản thu sai",
        "Khắc phục xong",
    ]
    places = [page.index(step) for step in steps]
    assert places == sorted(places)
    assert "Chưa hỏi được: Báo cáo." in page
    assert "ngày 01/03/2024" in page
    assert "01/03/2024, " not in page
    assert "05/03/2024, 10:41" in page
    english = text_of(open_page("district_officer", "history", "en", matter=str(traces.MATTER)))
    assert "ngày" not in english


def test_what_followed_from_an_answer_is_told_by_its_day(open_page: Open) -> None:
    page = text_of(open_page("principal", "inspections", inspection=inspections.COMPLETED))
    assert "ngày 05/03/2024" in page
    assert "05/03/2024, 15:00" in page


def test_a_matter_that_nobody_knows_is_said_calmly(open_page: Open) -> None:
    at = open_page("district_officer", "history", matter="00000000-0000-4000-8000-000000000000")
    assert "resource.not_found" in text_of(at)
    assert not at.exception
