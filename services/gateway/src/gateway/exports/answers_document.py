"""The answers to a request as a Word document: one table, and the texts under it.

The page is laid out as Decree 30/2020/NĐ-CP asks of an annex: A4 lying, its margins, Times New
Roman in black.
"""

from io import BytesIO
from typing import Any, Final, Literal

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from contracts.rpc.requests import FigureRequestDetail
from gateway.exports.answers import asked_name, head, rows, sums
from gateway.spreadsheets import Value
from gateway.words import Language, say

Format = Literal["xlsx", "docx"]
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT: Final = "Times New Roman"
LONG_SIDE, SHORT_SIDE = Mm(297), Mm(210)
# XML holds no control letters but these.
_CONTROL: Final = {code: None for code in range(32) if chr(code) not in "\t\n"}


def render(language: Language, told: FigureRequestDetail) -> bytes:
    """Return the document."""
    document = Document()
    _lay_out(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(_text(say(language, "answers.heading", {"title": told.title}))).bold = True
    facts = {
        "due_on": told.due_on,
        "basis": told.legal_basis,
        "asked": told.asked,
        "answered": told.answered,
    }
    document.add_paragraph(_text(say(language, "answers.facts", facts)))
    _table(document, language, told)
    _texts(document, language, told)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _lay_out(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = LONG_SIDE, SHORT_SIDE
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _table(document: Any, language: Language, told: FigureRequestDetail) -> None:
    """The figures; texts have no place in narrow columns and come after it."""
    texts = {i for i, field in enumerate(told.fields, start=1) if field.kind == "text"}
    names = [name for i, name in enumerate(head(language, told)) if i not in texts]
    table = document.add_table(rows=1, cols=len(names))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        _write(cell, name, bold=True)
    for row in rows(language, told):
        kept = [value for i, value in enumerate(row) if i not in texts]
        for cell, value in zip(table.add_row().cells, kept, strict=True):
            _write(cell, value)
    last = [value for i, value in enumerate(sums(language, told)) if i not in texts]
    for cell, value in zip(table.add_row().cells, last, strict=False):
        _write(cell, value, bold=True)


def _texts(document: Any, language: Language, told: FigureRequestDetail) -> None:
    for field in told.fields:
        if field.kind != "text":
            continue
        document.add_paragraph().add_run(_text(field.label)).bold = True
        for one in told.addressees:
            said = one.answer.values.get(field.code) if one.answer else None
            if said:
                params = {"who": asked_name(one), "said": said}
                document.add_paragraph(_text(say(language, "answers.said", params)))


def _write(cell: Any, value: Value, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    if isinstance(value, int | float):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("" if value is None else _text(str(value))).bold = bold


def _text(words: str) -> str:
    return words.translate(_CONTROL)
