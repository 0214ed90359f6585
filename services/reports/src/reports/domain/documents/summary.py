"""The reports of many schools as one Word file for the district: a working paper, without a number.

Paper, margins, fonts and page numbers are those of the official documents (Decree 30/2020/NĐ-CP).
Nobody is named in it: it tells schools, their figures and what their reports say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from reports.domain.documents.building import TEXT_WIDTH_MM, line, page, page_number, styles, text

TABLE_POINTS: Final = 11
FIRST_COLUMNS_MM: Final = (10, 48)
# The page is no wider: further figures stand in a table below.
FIGURES_ABREAST: Final = 5
# XML holds no control letters but these.
_CONTROL: Final = {code: None for code in range(32) if chr(code) not in "\t\n"}


@dataclass(frozen=True)
class Grid:
    """A table: its heads, its rows of text; the last row stands out where it is a `total`.

    The first column counts the rows, the second names the school.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the checklist: the schools' figures, and (school, paragraphs) of what they say."""

    heading: str
    grids: tuple[Grid, ...]
    said: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Summary:
    """What the file says, before any layout."""

    title: str
    subject: str
    facts: tuple[str, ...]
    standings: Grid
    parts: tuple[Part, ...]
    silent: str


def build(summary: Summary) -> bytes:
    """Return the Word file."""
    document = Document()
    page(document)
    styles(document)
    page_number(document.sections[0])
    line(document.add_paragraph(), _clean(summary.title), 14, bold=True)
    line(document.add_paragraph(), _clean(summary.subject), 14, bold=True)
    for fact in summary.facts:
        text(document, _clean(fact))
    _table(document, summary.standings)
    for part in summary.parts:
        text(document, _clean(part.heading), bold=True).paragraph_format.keep_with_next = True
        for grid in part.grids:
            _table(document, grid)
        for school, paragraphs in part.said:
            text(document, f"{_clean(school)}:", bold=True).paragraph_format.keep_with_next = True
            for one in paragraphs:
                text(document, _clean(one))
        if not part.grids and not part.said:
            text(document, summary.silent)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _clean(summary.title), "", ""
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _table(document: Any, grid: Grid) -> None:
    document.add_paragraph()
    table = document.add_table(rows=0, cols=len(grid.heads), style="Table Grid")
    table.autofit = False
    widths = _widths(len(grid.heads))
    _row(table, grid.heads, widths, bold=True)
    _repeat(table.rows[0])
    for number, row in enumerate(grid.rows, 1):
        _row(table, row, widths, bold=grid.total and number == len(grid.rows))


def _widths(columns: int) -> tuple[Mm, ...]:
    rest = (TEXT_WIDTH_MM - sum(FIRST_COLUMNS_MM)) / (columns - len(FIRST_COLUMNS_MM))
    return tuple(map(Mm, (*FIRST_COLUMNS_MM, *[rest] * (columns - len(FIRST_COLUMNS_MM)))))


def _row(table: Any, values: Sequence[str], widths: Sequence[Mm], *, bold: bool) -> None:
    cells = table.add_row().cells
    for number, (cell, value, width) in enumerate(zip(cells, values, widths, strict=True)):
        cell.width = width
        align = ALIGN.LEFT if number == 1 and not bold else ALIGN.CENTER
        line(cell.paragraphs[0], _clean(value), TABLE_POINTS, bold=bold, align=align)


def _repeat(row: Any) -> None:
    """Let the heads stand on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no heads


def _clean(words: str) -> str:
    return words.translate(_CONTROL)
