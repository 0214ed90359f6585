"""Documents and the register: drafts, numbers that are given once, names of the day, PDFs."""

import base64
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from chassis.audit import audit_entries
from contracts.events.directory import SchoolChanged, UnitMoved
from contracts.problems import Problem
from contracts.rpc import documents as m
from contracts.rpc import preparing as p
from contracts.rpc.base import Actor
from contracts.rpc.drafts import CorrectFigure
from reports.application import converting, documents, drafting, issuing, preparing, templates
from reports.domain.documents.checking import check
from reports.shipped import shipped_template
from tests.storage.reports.conftest import CLERK, DEPUTY, HEAD, OFFICER, Room
from tests.storage.reports.test_preparing import authorise
from tests.support.letters import LAYOUT, changed, paragraph
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL, registered

TITLES = {
    "ubnd-mau": "Ủy ban nhân dân Quận Mẫu",
    "phong-mau": "Phòng Giáo dục và Đào tạo Quận Mẫu",
    "ubnd-phuong": "Ủy ban nhân dân Phường Mẫu",
}
# A text for each part of what the periodic report has to hold.
TEXTS = ("Đã làm.", "", "Không.\nCòn thiếu.", "Tiếp tục.", "Không.")
BOTH = (SCHOOL, OTHER)
DAY = date(2024, 3, 15)


def take_back(room: Room, obligation_id: UUID) -> None:
    """Give an approved report back to its writer."""
    with room.call(HEAD.model_copy(update={"schools": BOTH})) as work:
        found = work.preparations.get(obligation_id)
        if found is not None and found.stage == "approved":
            request = p.GiveBackDraft(obligation_id=obligation_id, reason="Soạn lại")
            preparing.give_back_draft(work, request)


def approve(room: Room, obligation_id: UUID, actor: Actor = HEAD) -> None:
    """Let a report be approved, unless it is."""
    with room.call(actor.model_copy(update={"schools": BOTH})) as work:
        found = work.preparations.get(obligation_id)
        if found is not None and found.stage == "approved":
            return
        if found is None:
            preparing.begin_draft(work, p.BeginDraft(obligation_id=obligation_id))
        preparing.hand_in_draft(work, p.HandInDraft(obligation_id=obligation_id))
        preparing.approve_draft(work, p.ApproveDraft(obligation_id=obligation_id))


def compose(room: Room, school: str = SCHOOL, **other: Any) -> m.Document:
    """Write the draft; what was approved is taken back for it."""
    take_back(room, other.get("obligation_id", room.quarter(school).obligation_id))
    said: dict[str, Any] = {
        "obligation_id": room.quarter(school).obligation_id,
        "place": "Quận Mẫu",
        "issued_on": DAY,
        "signer": "Nguyễn Thí Dụ",
        "texts": TEXTS,
        "units": TITLES,
    }
    clerk = CLERK.model_copy(update={"schools": (school,)})
    with room.call(clerk) as work:
        return documents.compose_document(work, m.ComposeDocument(**(said | other)))


def number(room: Room, document_id: UUID, entered: int = 5, **other: Any) -> m.Document:
    """Approve the report and issue its document."""
    actor = CLERK.model_copy(update={"schools": BOTH})
    with room.call(actor) as work:
        asked = documents.get_document(work, m.GetDocument(document_id=document_id))
    approve(room, asked.obligation_id)
    return enter(room, document_id, entered, **other)


def enter(room: Room, document_id: UUID, entered: int = 5, **other: Any) -> m.Document:
    """Enter the register's number, as the clerk does."""
    said = {"document_id": document_id, "number": entered, "issued_on": DAY, "units": TITLES}
    request = m.NumberDocument(**(said | other))
    actor = CLERK.model_copy(update={"schools": BOTH})
    with room.call(actor) as work:
        made_of = issuing.to_issue(work, request)
    docx = issuing.produce(made_of)
    with room.call(actor) as work:
        return issuing.issue(work, made_of, docx)


def file(room: Room, document_id: UUID, kind: m.FileKind = "docx", actor: Actor = CLERK) -> bytes:
    with room.call(actor) as work:
        found = issuing.to_give_out(work, m.GetDocumentFile(document_id=document_id, format=kind))
    if isinstance(found, m.DocumentFile):
        return base64.b64decode(found.content)
    return issuing.produce(found)


def refusal(command: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as refused:
        command()
    return refused.value


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
    assert "- Số cuộc kiểm tra đã hoàn thành: 0 (kỳ trước: 0)." in second.figures
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
    line = "- Số phản ánh, kiến nghị, góp ý tiếp nhận: 3 (kỳ trước: 0)."
    assert line in enter(room, made).sections[1].figures


def approve_handed_in(room: Room, report: UUID) -> None:
    with room.call(HEAD) as work:
        preparing.approve_draft(work, p.ApproveDraft(obligation_id=report))


def test_a_document_is_told_inside_the_school_alone_until_it_is_sent(room: Room) -> None:
    made = compose(room).document_id

    def listed(actor: Actor) -> list[UUID]:
        with room.call(actor) as work:
            asked = m.ListDocuments(obligation_id=room.quarter().obligation_id)
            return [one.document_id for one in documents.list_documents(work, asked).items]

    assert (listed(HEAD), listed(OFFICER)) == ([made], [])
    assert refusal(lambda: file(room, made, actor=OFFICER)).code == "resource.not_found"
    number(room, made)
    assert (listed(HEAD), listed(OFFICER)) == ([made], [])
    assert refusal(lambda: file(room, made, actor=OFFICER)).code == "resource.not_found"
    room.submit(room.quarter().obligation_id)
    assert listed(OFFICER) == [made]
    assert file(room, made, actor=OFFICER) == file(room, made)
    # What is written after a return is the school's own again.
    room.give_back(room.quarter().obligation_id)
    again = compose(room).document_id
    number(room, again, 6)
    assert (set(listed(HEAD)), listed(OFFICER)) == ({made, again}, [made])
    room.submit(room.quarter().obligation_id)
    assert set(listed(OFFICER)) == {made, again}


def test_a_document_that_is_numbered_after_sending_is_told_at_once(room: Room) -> None:
    made = compose(room).document_id
    room.submit(room.quarter().obligation_id)
    enter(room, made)
    with room.call(OFFICER) as work:
        assert documents.get_document(work, m.GetDocument(document_id=made)).number == 5


def test_an_exempted_report_gets_no_document(room: Room) -> None:
    room.exempt(room.quarter().obligation_id)
    assert refusal(lambda: compose(room)).code == "reports.exempted"


def test_what_was_sent_is_written_no_more(room: Room) -> None:
    room.submit(room.quarter().obligation_id)

    def write() -> None:
        with room.call(CLERK) as work:
            documents.compose_document(
                work,
                m.ComposeDocument(
                    obligation_id=room.quarter().obligation_id,
                    place="Quận Mẫu",
                    issued_on=DAY,
                    signer="A",
                    units=TITLES,
                ),
            )

    assert refusal(write).code == "reports.already_submitted"


def test_a_foreign_document_does_not_exist(room: Room) -> None:
    made = compose(room).document_id
    stranger = Actor(role="clerk", schools=(OTHER,))
    assert refusal(lambda: file(room, made, actor=stranger)).code == "resource.not_found"


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


def test_pdfs_are_made_one_by_one(room: Room) -> None:
    made = compose(room).document_id
    number(room, made)
    seen: list[bool] = []

    def convert(docx: bytes) -> bytes:
        # While one converts, no other replica begins.
        seen.append(converting.convert_next(room.units, convert))
        assert check(docx, LAYOUT) == ()
        return b"%PDF"

    assert converting.convert_next(room.units, convert)
    assert seen == [False]
    assert file(room, made, "pdf") == b"%PDF"
    assert not converting.convert_next(room.units, convert)


def test_what_cannot_be_converted_fails_after_three_attempts(room: Room) -> None:
    made = compose(room).document_id
    number(room, made)
    attempts = 0

    def fail(_: bytes) -> bytes:
        nonlocal attempts
        attempts += 1
        raise OSError("soffice crashed")

    while converting.convert_next(room.units, fail):
        pass
    assert attempts == 3
    assert refusal(lambda: file(room, made, "pdf")).params == {"state": "failed"}
    with room.call() as work:
        assert work.documents.pdfs() == {"failed": 1}
        assert work.documents.convert_failed_again() == 1
        assert work.documents.pdfs() == {"waiting": 1}
    assert converting.convert_next(room.units, lambda _: b"%PDF")
    with room.call() as work:
        assert work.documents.pdfs() == {}
        assert work.documents.convert_failed_again() == 0


def test_a_claim_of_a_dead_process_is_given_up(room: Room) -> None:
    made = compose(room).document_id
    number(room, made)
    with room.call() as work:
        assert work.documents.claim_conversion(converting.LEASE) is not None
    assert not converting.convert_next(room.units, lambda _: b"%PDF")
    with room.engine.begin() as connection:
        connection.execute(
            text("UPDATE documents SET pdf_claimed_at = pdf_claimed_at - :lease"),
            {"lease": converting.LEASE + timedelta(seconds=1)},
        )
    assert converting.convert_next(room.units, lambda _: b"%PDF")
    assert file(room, made, "pdf") == b"%PDF"


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
