"""A Word file read back: its lines with the looks that Word would give them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

BODY: Final = (-1, -1)


class Unreadable(Exception):
    """The file is no Word document."""


@dataclass(frozen=True)
class Piece:
    """Letters of one look. `size` in points, `fonts` for plain and for other Latin letters."""

    text: str
    fonts: tuple[str, str]
    size: float
    bold: bool
    italic: bool
    capitals: bool
    black: bool


@dataclass(frozen=True)
class Line:
    """A paragraph that says something. `place` is (table, column), (-1, -1) outside of tables.

    `ruled`: there is a line under it.
    """

    text: str
    pieces: tuple[Piece, ...]
    alignment: str
    place: tuple[int, int]
    ruled: bool = False


@dataclass(frozen=True)
class Page:
    """A section's page, in millimetres, and how it counts."""

    width: float
    height: float
    margins: dict[str, float]
    first_differs: bool
    number: Line | None
    number_on_first: bool


@dataclass(frozen=True)
class Sheet:
    """What a document is, as far as its layout goes."""

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]


def read(data: bytes) -> Sheet:
    """Read a Word file; raises `Unreadable`."""
    try:
        document = Document(BytesIO(data))
    except (BadZipFile, KeyError, ValueError, SyntaxError) as wrong:
        # python-docx and lxml name no common error for a file that is no Word document.
        raise Unreadable(type(wrong).__name__) from None
    looks = _Looks(document)
    return Sheet(
        pages=tuple(_page(section, looks) for section in document.sections),
        lines=tuple(_lines(document, looks)),
    )


def _lines(document: Any, looks: "_Looks") -> Iterator[Line]:
    held: Line | None = None
    for paragraph, place in _paragraphs(document, BODY):
        line = looks.line(paragraph, place)
        if line.text:
            if held is not None:
                yield held
            held = line
        elif held is not None and held.place == place and _has_rule(paragraph, "top"):
            held = Line(held.text, held.pieces, held.alignment, held.place, ruled=True)
    if held is not None:
        yield held


def _paragraphs(
    container: Any, place: tuple[int, int]
) -> Iterator[tuple[Paragraph, tuple[int, int]]]:
    tables = 0
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block, place
        elif isinstance(block, Table):
            table = place[0] if place != BODY else tables
            tables += 1
            for row in block.rows:
                for column, cell in enumerate(row.cells):
                    yield from _paragraphs(cell, (table, column if place == BODY else place[1]))


def _has_rule(paragraph: Paragraph, side: str) -> bool:
    element = paragraph._p  # noqa: SLF001 - python-docx has no borders
    properties = element.pPr
    border = None if properties is None else properties.find(f"{qn('w:pBdr')}/{qn(f'w:{side}')}")
    drawn = border is not None and border.get(qn("w:val")) not in {None, "nil", "none"}
    return drawn or any(element.iter(qn("w:drawing"), qn("w:pict")))


def _page(section: Any, looks: "_Looks") -> Page:
    margins = {
        side: getattr(section, f"{side}_margin").mm if getattr(section, f"{side}_margin") else 0.0
        for side in ("top", "bottom", "left", "right")
    }
    numbers = [one for one in section.header.paragraphs if _counts(one)]
    below = [one for one in section.footer.paragraphs if _counts(one)]
    first = section.first_page_header.paragraphs if not _linked(section) else []
    return Page(
        width=section.page_width.mm,
        height=section.page_height.mm,
        margins=margins,
        first_differs=bool(section.different_first_page_header_footer),
        number=looks.line(numbers[0], BODY) if numbers and not below else None,
        number_on_first=any(_counts(one) for one in first),
    )


def _linked(section: Any) -> bool:
    return bool(section.first_page_header.is_linked_to_previous)


def _counts(paragraph: Paragraph) -> bool:
    """Whether a paragraph holds the field of the page's number."""
    element = paragraph._p  # noqa: SLF001 - python-docx has no fields
    told = [one.text or "" for one in element.iter(qn("w:instrText"))]
    told += [one.get(qn("w:instr")) or "" for one in element.iter(qn("w:fldSimple"))]
    return "PAGE" in "".join(told).upper().split()


class _Looks:
    """Follows a run's properties from itself over its styles to the document's defaults."""

    def __init__(self, document: Any) -> None:
        self._part = document.part
        self._styles: dict[tuple[str | None, WD_STYLE_TYPE], list[Any]] = {}
        defaults = document.styles.element.find(
            f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        )
        self._defaults = [] if defaults is None else [defaults]

    def line(self, paragraph: Paragraph, place: tuple[int, int]) -> Line:
        pieces = tuple(
            self._piece(run, paragraph)
            for run in [*paragraph.runs, *(r for h in paragraph.hyperlinks for r in h.runs)]
            if run.text.strip()
        )
        text = unicodedata.normalize("NFC", " ".join(paragraph.text.split()))
        ruled = _has_rule(paragraph, "bottom")
        return Line(text, pieces, _alignment(paragraph), place, ruled=ruled)

    def _piece(self, run: Any, paragraph: Paragraph) -> Piece:
        own, around = run._r, paragraph._p  # noqa: SLF001 - the styles' way is not python-docx's
        chain = [
            own.rPr,
            *self._style(own.style, WD_STYLE_TYPE.CHARACTER),
            *self._style(around.style, WD_STYLE_TYPE.PARAGRAPH),
            *self._defaults,
        ]
        found = [one for one in chain if one is not None]
        size = _first(found, "w:sz", "w:val")
        color = _first(found, "w:color", "w:val")
        theme = _first(found, "w:color", "w:themeColor")
        return Piece(
            text=run.text,
            fonts=(_font(found, "ascii"), _font(found, "hAnsi")),
            size=float(size or 20) / 2,  # Word's own default is 10 points
            bold=_on(found, "w:b"),
            italic=_on(found, "w:i"),
            capitals=_on(found, "w:caps") or run.text == run.text.upper(),
            black=color in {None, "auto", "000000"} and theme in {None, "text1"},
        )

    def _style(self, name: str | None, kind: WD_STYLE_TYPE) -> list[Any]:
        """Return what a style (None: the default one) and those that it is based on say of runs.

        It is looked up once: python-docx searches all styles for the default one each time.
        """
        if (name, kind) not in self._styles:
            style, chain = self._part.get_style(name, kind), []
            while style is not None:
                chain.append(style.element.find(qn("w:rPr")))
                style = style.base_style
            self._styles[name, kind] = chain
        return self._styles[name, kind]


def _first(chain: list[Any], tag: str, attribute: str) -> str | None:
    for properties in chain:
        element = properties.find(qn(tag))
        if element is not None:
            value: str | None = element.get(qn(attribute))
            return value
    return None


def _font(chain: list[Any], script: str) -> str:
    """Return a font's name; a theme's place as it is called, for it names none."""
    for properties in chain:
        fonts = properties.find(qn("w:rFonts"))
        if fonts is None:
            continue
        theme, name = fonts.get(qn(f"w:{script}Theme")), fonts.get(qn(f"w:{script}"))
        if theme or name:
            return str(theme or name)
    return ""


def _on(chain: list[Any], tag: str) -> bool:
    for properties in chain:
        element = properties.find(qn(tag))
        if element is not None:
            return element.get(qn("w:val")) not in {"0", "false", "off"}
    return False


def _alignment(paragraph: Paragraph) -> str:
    aligned = paragraph.alignment
    style = paragraph.style
    while aligned is None and style is not None:
        aligned = style.paragraph_format.alignment
        style = style.base_style
    return {ALIGN.CENTER: "centre", ALIGN.JUSTIFY: "justify", ALIGN.RIGHT: "right"}.get(
        aligned or ALIGN.LEFT, "left"
    )
