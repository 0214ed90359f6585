"""The template that is shipped: a Word file in the layout of Decree 30, made by code.

The district downloads it, changes it in Word and uploads it as its own version.
"""

from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
MARGINS_MM: Final = {"top": 20, "bottom": 20, "left": 30, "right": 20}
TEXT_WIDTH_MM: Final = 160
HEADER_MM: Final = (64, 96)
# The lines under a centred text: as long as the motto, and a third to a half of a name.
MOTTO_LINE_INDENT_MM: Final = 20
NAME_LINE_INDENT_MM: Final = 22
SUBJECT_LINE_INDENT_MM: Final = 58


def build() -> bytes:
    """Return the template for every kind of report."""
    document = Document()
    page(document)
    styles(document)
    page_number(document.sections[0])
    _head(document)
    _title(document)
    _body(document)
    _foot(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "", "", ""
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def page(document: Any) -> None:
    """Give the document its paper and margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(MARGINS_MM["top"]), Mm(MARGINS_MM["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS_MM["left"]), Mm(MARGINS_MM["right"])
    section.header_distance = section.footer_distance = Mm(10)


def styles(document: Any) -> None:
    """Give the document its font: black, for every script."""
    normal = document.styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(14), RGBColor(0, 0, 0)
    normal.font.name = FONT
    fonts = normal.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0


def page_number(section: Any) -> None:
    """Count pages at the top, in the middle, not on the first one."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        run.font.size = Pt(14)
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 - python-docx has no fields
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)  # noqa: SLF001 - python-docx has no fields


def _head(document: Any) -> None:
    left, right = _two_cells(document, HEADER_MM)
    line(left.paragraphs[0], "{%p if authority %}", 12)
    line(left.add_paragraph(), "{{ authority }}", 12)
    line(left.add_paragraph(), "{%p endif %}", 12)
    issuer = line(left.add_paragraph(), "{{ issuer }}", 12, bold=True)
    _rule_under(issuer, NAME_LINE_INDENT_MM)
    number = line(left.add_paragraph(), "Số: {{ number }}/{{ symbol }}", 13)
    number.paragraph_format.space_before = Pt(6)
    line(right.paragraphs[0], "{{ nation }}", 12, bold=True)
    motto = line(right.add_paragraph(), "{{ motto }}", 13, bold=True)
    _rule_under(motto, MOTTO_LINE_INDENT_MM)
    place = line(right.add_paragraph(), "{{ place }}, {{ date }}", 13, italic=True)
    place.paragraph_format.space_before = Pt(6)


def _title(document: Any) -> None:
    title = line(document.add_paragraph(), "{{ type }}", 14, bold=True)
    title.paragraph_format.space_before = Pt(18)
    subject = line(document.add_paragraph(), "{{ subject }}", 14, bold=True)
    _rule_under(subject, SUBJECT_LINE_INDENT_MM)


def _body(document: Any) -> None:
    first = text(document, "{%p if legal_basis %}")
    first.paragraph_format.space_before = Pt(12)
    text(document, "Căn cứ {{ legal_basis }}, {{ school }} báo cáo như sau:")
    text(document, "{%p endif %}")
    text(document, "{%p for section in sections %}")
    text(document, "{{ section.heading }}", bold=True)
    text(document, "{%p for paragraph in section.paragraphs %}")
    text(document, "{{ paragraph }}")
    text(document, "{%p endfor %}")
    text(document, "{%p endfor %}")


def _foot(document: Any) -> None:
    document.add_paragraph()
    left, right = _two_cells(document, (80, 80))
    line(left.paragraphs[0], "{{ recipients_head }}", 12, bold=True, italic=True, align=ALIGN.LEFT)
    for text in ("{%p for line in recipients %}", "{{ line }}", "{%p endfor %}"):
        line(left.add_paragraph(), text, 11, align=ALIGN.LEFT)
    line(right.paragraphs[0], "{%p for line in signing %}", 14, bold=True)
    line(right.add_paragraph(), "{{ line }}", 14, bold=True)
    line(right.add_paragraph(), "{%p endfor %}", 14, bold=True)
    for _ in range(4):  # room for signature and stamp
        line(right.add_paragraph(), "", 14)
    line(right.add_paragraph(), "{{ signer }}", 14, bold=True)


def _two_cells(document: Any, widths_mm: tuple[int, int]) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths_mm, strict=True):
        column.width = cell.width = Mm(width)
        # A long name uses the whole cell: without the space that Word leaves at its sides.
        borders = OxmlElement("w:tcMar")
        for side in ("left", "right"):
            space = OxmlElement(f"w:{side}")
            space.set(qn("w:w"), "0")
            space.set(qn("w:type"), "dxa")
            borders.append(space)
        cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - python-docx has no cell margins
    left, right = table.rows[0].cells
    # A row that breaks over a page would tear the signature from its name.
    height = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(height)  # noqa: SLF001 - nor this
    return left, right


def line(
    paragraph: Paragraph,
    text: str,
    points: int,
    *,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN = ALIGN.CENTER,
) -> Paragraph:
    """Write one line and return its paragraph."""
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(points), bold, italic
    paragraph.alignment = align
    return paragraph


def text(document: Any, words: str, *, bold: bool = False) -> Paragraph:
    """Add a paragraph of the body and return it."""
    paragraph = line(document.add_paragraph(), words, 14, bold=bold, align=ALIGN.JUSTIFY)
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_before = Pt(6)
    return paragraph


def _rule_under(paragraph: Paragraph, indent_mm: int) -> None:
    """Draw a line under a centred text, in an empty paragraph after it, so much shorter."""
    rule = OxmlElement("w:p")
    paragraph._p.addnext(rule)  # noqa: SLF001 - python-docx has no borders
    line = Paragraph(rule, paragraph._parent)  # noqa: SLF001 - nor a paragraph after another
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(indent_mm)
    line.paragraph_format.space_before, line.paragraph_format.line_spacing = Pt(2), Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = line._p.get_or_add_pPr()  # noqa: SLF001 - nor this
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
