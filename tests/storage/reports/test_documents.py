"""Documents and the register: drafts, numbers that are given once, names of the day, PDFs."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from chassis.audit import audit_entries
from contracts.events.directory import SchoolChanged, UnitMoved
from contracts.problems import Problem
from contracts.rpc import documents as m
from contracts.rpc import preparing as p
from contracts.rpc.drafts import CorrectFigure
from reports.application import documents, drafting, issuing, preparing, templates
from reports.domain.documents.checking import check
from reports.shipped import shipped_template
from tests.storage.reports.conftest import CLERK, DEPUTY, OFFICER, Room
from tests.storage.reports.papers import (
    DAY,
    TEXTS,
    TITLES,
    approve,
    approve_handed_in,
    compose,
    enter,
    file,
    number,
    refusal,
)
from tests.storage.reports.steps import authorise
from tests.support.letters import LAYOUT, changed, paragraph
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL, registered


def test_a_draft_takes_figures_letterhead_and_recipients(room: Room) -> None:
    made = compose(room)
    assert (made.number, made.symbol, made.pdf) == (None, "BC-MNHC", "none")
    assert (made.authority, made.issuer) == (
        TITLES["ubnd-mau"],
        "Trường Mầm non Hoa Cúc (thí dụ)",
    )
    assert made.subject == "Định kỳ quý I năm 2024"
    assert made.signing == ("Hiệu trưởng",)
    assert made.recipients == (
        "- Ủy ban nhân dân Quận Mẫu (b/cáo);",
        "- Phòng Giáo dục và Đào tạo Quận Mẫu (b/cáo);",
        "- Lưu: VT.",
    )
    first, second = made.sections[:2]
    assert (first.heading, first.text) == ("I. TÌNH HÌNH THỰC HIỆN NHIỆM VỤ TRONG KỲ", TEXTS[0])
    assert first.figures == ()
    assert second.figures[0] == "Số liệu từ ngày 15/12/2023 đến ngày 14/03/2024:"
    assert "- Số cuộc kiểm tra đã hoàn thành: 0." in second.figures
    again = compose(room, deputy=True)
    assert (again.document_id, again.version) == (made.document_id, 2)
    assert again.signing == ("KT. Hiệu trưởng", "Phó Hiệu trưởng")


def test_the_issued_file_is_in_order_and_stays(room: Room) -> None:
    made = compose(room)
    issued = number(room, made.document_id)
    assert (issued.number, issued.numbered_by, issued.pdf) == (5, CLERK.display_name, "waiting")
    docx = file(room, made.document_id)
    assert check(docx, LAYOUT) == ()
    assert file(room, made.document_id) == docx
    refused = refusal(lambda: number(room, made.document_id, 6))
    assert (refused.code, refused.params) == ("reports.document_numbered", {"number": "05"})
    assert room.quarter().history[-1].what == "document_numbered"
    # The next draft is another document: the issued one is left alone.
    assert compose(room).document_id != made.document_id


def test_a_number_is_given_once_in_school_year_and_register(room: Room) -> None:
    room.hear(registered(OTHER))
    number(room, compose(room).document_id)
    second = compose(room).document_id
    refused = refusal(lambda: number(room, second))
    assert (refused.code, refused.params) == ("reports.number_taken", {"number": 5, "year": 2024})
    assert number(room, second, register_of="bao-cao").number == 5
    assert number(room, compose(room).document_id, issued_on=date(2025, 1, 2)).number == 5
    assert number(room, compose(room, OTHER).document_id).number == 5


def test_of_two_with_one_number_at_once_one_wins(room: Room) -> None:
    room.hear(registered(OTHER))
    (one, other) = (
        owed.obligation_id
        for owed in room.listed(school=SCHOOL, period="2024-q1")
        if owed.kind in {"periodic", "cchc_result"}
    )
    texts = ("Đã làm.",) * 6
    drafts = [compose(room, obligation_id=found, texts=texts).document_id for found in (one, other)]

    def number_it(document_id: UUID) -> str:
        try:
            return str(number(room, document_id, 7).number)
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(number_it, drafts)) == ["7", "reports.number_taken"]


def test_names_and_superiors_are_those_of_the_day_of_issue(room: Room) -> None:
    tomorrow = datetime(2024, 7, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    room.hear(
        SchoolChanged(
            school=SCHOOL, title="Trường Mầm non Hoa Sen (thí dụ)", level="kindergarten", version=2
        ),
        UnitMoved(
            unit=SCHOOL,
            hierarchy="administrative",
            parent="ubnd-phuong",
            valid_from=tomorrow.date(),
            version=3,
        ),
        at=tomorrow,
    )
    draft = compose(room)
    assert draft.issuer == "Trường Mầm non Hoa Cúc (thí dụ)"
    issued = number(room, draft.document_id, issued_on=tomorrow.date())
    assert issued.issuer == "Trường Mầm non Hoa Sen (thí dụ)"
    assert issued.authority == TITLES["ubnd-phuong"]
    assert issued.recipients[0] == "- Ủy ban nhân dân Phường Mẫu (b/cáo);"


def test_what_is_not_ready_is_not_issued(room: Room) -> None:
    empty = compose(room, texts=("Đã làm.",))
    assert refusal(lambda: enter(room, empty.document_id)).code == "reports.not_approved"
    refused = refusal(lambda: number(room, empty.document_id))
    assert (refused.code, refused.params) == ("reports.incomplete", {"missing": "3, 4, 5"})
    ready = compose(room).document_id
    approve(room, room.quarter().obligation_id)
    assert refusal(lambda: number(room, ready, symbol="bc")).code == "reports.symbol_malformed"
    assert refusal(lambda: number(room, ready, units={})).code == "reports.superior_unnamed"
    assert refusal(lambda: file(room, ready, "pdf")).code == "reports.document_unnumbered"
    number(room, ready, symbol="BC-MNX")
    waiting = refusal(lambda: file(room, ready, "pdf"))
    assert (waiting.code, waiting.params) == ("reports.pdf_not_ready", {"state": "waiting"})


def test_a_draft_that_changed_meanwhile_is_not_issued(room: Room) -> None:
    draft = compose(room).document_id
    report = room.quarter().obligation_id
    approve(room, report)
    request = m.NumberDocument(document_id=draft, number=5, issued_on=DAY, units=TITLES)
    with room.call(CLERK) as work:
        made_of = issuing.to_issue(work, request)
    compose(room, signer="Trần Thí Dụ")

    def issue() -> None:
        with room.call(CLERK) as work:
            issuing.issue(work, made_of, b"docx")

    assert refusal(issue).code == "reports.not_approved"
    approve(room, report)
    assert refusal(issue).code == "reports.document_changed"


def test_what_is_approved_is_written_no_more_and_signed_by_who_approved(room: Room) -> None:
    made = compose(room)
    assert made.signing == ("Hiệu trưởng",)
    report = room.quarter().obligation_id
    authorise(room, date(2024, 3, 1), date(2024, 3, 31))
    approve(room, report, DEPUTY)
    again = m.ComposeDocument(
        obligation_id=report, place="Quận Mẫu", issued_on=DAY, signer="A", texts=TEXTS, units=TITLES
    )

    def write() -> None:
        with room.call(CLERK) as work:
            documents.compose_document(work, again)

    assert refusal(write).code == "reports.draft_closed"
    issued = enter(room, made.document_id, signer="Trần Thí Dụ")
    assert (issued.signing, issued.signer) == (
        ("KT. Hiệu trưởng", "Phó Hiệu trưởng"),
        "Trần Thí Dụ",
    )
    assert check(file(room, made.document_id), LAYOUT) == ()


def test_the_heads_name_does_not_stand_under_what_a_deputy_signs(room: Room) -> None:
    made = compose(room)
    authorise(room, date(2024, 3, 1), date(2024, 3, 31))
    approve(room, room.quarter().obligation_id, DEPUTY)
    issued = enter(room, made.document_id)
    assert (issued.signing[0], issued.signer) == ("KT. Hiệu trưởng", DEPUTY.display_name)


def test_a_document_has_the_figures_of_its_draft(room: Room) -> None:
    report = room.quarter().obligation_id
    made = compose(room).document_id
    with room.call(CLERK) as work:
        preparing.begin_draft(work, p.BeginDraft(obligation_id=report))
        drafting.correct_figure(
            work,
            CorrectFigure(
                obligation_id=report, figure="petitions.received", value=3, reason="Sổ giấy"
            ),
        )
    with room.call(CLERK) as work:
        preparing.hand_in_draft(work, p.HandInDraft(obligation_id=report))
    approve_handed_in(room, report)
    line = "- Số phản ánh, kiến nghị, góp ý tiếp nhận: 3."
    assert line in enter(room, made).sections[1].figures


def test_a_template_of_the_district_is_used_from_then_on(room: Room) -> None:
    before = compose(room)

    def change(document: Any) -> None:
        paragraph(document, "Căn cứ").runs[0].text = "Theo {{ legal_basis }}:"

    template = changed(shipped_template(), change)
    request = m.AddTemplate(kind="periodic", content=base64.b64encode(template).decode())
    data = templates.read_template(request)
    with room.call(OFFICER) as work:
        assert templates.add_template(work, data, request).version == 1
    assert before.template_version == 0
    after = compose(room)
    assert after.template_version == 1
    assert check(file(room, after.document_id), LAYOUT) == ()
    with room.call(OFFICER) as work:
        listed = templates.list_templates(work, m.ListTemplates()).items
        kept = templates.get_template_file(work, m.GetTemplateFile(kind="periodic", version=1))
    assert [(one.version, one.uploaded_by) for one in listed if one.kind == "periodic"] == [
        (1, OFFICER.display_name),
        (0, None),
    ]
    assert base64.b64decode(kept.content) == template


def test_an_unknown_field_is_refused_with_its_name() -> None:
    def change(document: Any) -> None:
        paragraph(document, "Căn cứ").runs[0].text = "{{ headmaster }}"

    content = base64.b64encode(changed(shipped_template(), change)).decode()
    refused = refusal(
        lambda: templates.read_template(m.AddTemplate(kind="periodic", content=content))
    )
    assert (refused.code, refused.params) == (
        "reports.template_refused",
        {"why": "unknown_field", "field": "headmaster"},
    )


def test_each_command_is_audited(room: Room) -> None:
    made = compose(room).document_id
    number(room, made)
    with room.engine.connect() as connection:
        rows = connection.execute(select(audit_entries).order_by(audit_entries.c.id)).all()
    rows = [row for row in rows if row.action.startswith("document.")]
    assert [(row.action, row.role, row.school) for row in rows] == [
        ("document.composed", "clerk", SCHOOL),
        ("document.numbered", "clerk", SCHOOL),
    ]
    assert rows[1].after["number"] == "05/BC-MNHC"
    assert "Còn thiếu" not in str(rows)  # what a person wrote stays in the document
