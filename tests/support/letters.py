"""A letter as tests write it, and its Word file with something changed."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document

from reports.domain.documents.letter import Letter, Section, recipient_lines, signing_lines
from reports.domain.documents.phrases import heading
from reports.domain.documents.rendering import render
from reports.shipped import document_layouts, kinds, shipped_template

LAYOUT = document_layouts()[-1]


def letter_of(kind: str = "cchc_result", *, deputy: bool = True, pages: int = 1) -> Letter:
    """The report of an invented school."""
    found = kinds().in_force(kind, date(2024, 2, 5))
    assert found is not None
    parts, lines = found.checklist, 20 * pages - 19
    return Letter(
        authority="Ủy ban nhân dân Quận Thí Dụ",
        issuer="Trường Mầm non Hoa Cúc (mẫu)",
        number=5,
        symbol="BC-MNHC",
        place="Quận Thí Dụ",
        issued_on=date(2024, 2, 5),
        type="Báo cáo",
        subject="Kết quả cải cách hành chính quý I năm 2024",
        legal_basis="Nghị định số 09/2019/NĐ-CP ngày 24/01/2019",
        sections=tuple(
            Section(heading(n, part.words.vi), ("Nội dung <mẫu> & số liệu: 95,0%.",) * lines)
            for n, part in enumerate(parts, 1)
        ),
        signing=signing_lines("Hiệu trưởng", "Phó Hiệu trưởng" if deputy else None),
        signer="Nguyễn Thị Thí Dụ",
        recipients=recipient_lines(
            [("Ủy ban nhân dân Quận Thí Dụ", "b/cáo"), ("Ban Chỉ đạo CCHC", "t/hiện")]
        ),
    )


def made(letter: Letter | None = None, template: bytes | None = None) -> bytes:
    """The letter's Word file."""
    return render(template or shipped_template(), letter or letter_of())


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """A Word file after somebody changed it."""
    document = Document(BytesIO(data))
    change(document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def paragraph(document: Any, beginning: str) -> Any:
    """The paragraph that begins so, in the body or in a cell."""
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    everywhere = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return next(one for one in everywhere if one.text.startswith(beginning))
