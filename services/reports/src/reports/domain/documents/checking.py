"""A produced Word file against the layout rules, and against what it should say."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from reports.domain.documents.layout import Layout, Look
from reports.domain.documents.letter import (
    MOTTO,
    NATION,
    RECIPIENTS_HEAD,
    Letter,
    date_words,
)
from reports.domain.documents.reading import BODY, Line, Page, Sheet, Unreadable, read

NUMBER: Final = re.compile(r"Số:\s*(?P<number>\d*)\s*/\s*(?P<symbol>\S+)")
PLACE_AND_DATE: Final = re.compile(
    r"(?P<place>.+), (?P<words>ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4}))"
)
# Word stores lengths in twentieths of a point.
MM_TOLERANCE: Final = 0.1


@dataclass(frozen=True)
class Fault:
    """What is wrong: a stable `code`, the element, what was found and what should be."""

    code: str
    element: str
    found: str = ""
    wanted: str = ""

    @property
    def parts(self) -> dict[str, str]:
        """What is wrong by parts, for whoever says it in words of their own."""
        told = {"element": self.element, "found": self.found, "wanted": self.wanted}
        return {"fault": self.code, **told}

    def __str__(self) -> str:
        wanted = f", not {self.wanted}" if self.wanted else ""
        return f"{self.element}: {self.code} {self.found}{wanted}".rstrip()


@dataclass(frozen=True)
class _Parts:
    """The lines of a document by what they are; None or empty where one was not found."""

    nation: Line | None
    motto: Line | None
    place_and_date: Line | None
    number: Line | None
    names: tuple[Line, ...]  # over the number: authority, issuer
    type: Line | None
    subject: Line | None
    body: tuple[Line, ...]
    signing: tuple[Line, ...]
    signer: Line | None
    recipients_head: Line | None
    recipients: tuple[Line, ...]


def check(data: bytes, layout: Layout, letter: Letter | None = None) -> tuple[Fault, ...]:
    """Return what is wrong with a Word file, nothing when it is right.

    With the `letter` that it was made from, what it says is compared as well.
    """
    try:
        sheet = read(data)
    except Unreadable as wrong:
        return (Fault("unreadable", "file", str(wrong)),)
    parts = _parts(sheet)
    faults = [fault for page in sheet.pages for fault in _page(page, layout)]
    faults += _fonts(sheet.lines, layout)
    faults += _looks(parts, layout)
    faults += _forms(parts)
    if letter is not None:
        faults += _said(parts, letter)
    return tuple(dict.fromkeys(faults))


def _parts(sheet: Sheet) -> _Parts:
    lines = sheet.lines
    nation = _find(lines, lambda line: line.text.upper() == NATION)
    head_table = nation.place[0] if nation else None
    head = [line for line in lines if line.place != BODY and line.place[0] == head_table]
    motto = _find(head, lambda line: line.text == MOTTO)
    number = _find(head, lambda line: line.text.startswith("Số:"))
    place = _find(head, lambda line: PLACE_AND_DATE.fullmatch(line.text) is not None)
    beside = [line for line in head if number and line.place == number.place]
    names = beside[: beside.index(number)] if number else []
    recipients_head = _find(lines, lambda line: line.text == RECIPIENTS_HEAD)
    foot_table = recipients_head.place[0] if recipients_head else None
    foot = [line for line in lines if line.place != BODY and line.place[0] == foot_table]
    listed = [
        line
        for line in foot
        if recipients_head and line.place == recipients_head.place and line != recipients_head
    ]
    signed = [line for line in foot if recipients_head and line.place != recipients_head.place]
    free = [line for line in lines if line.place == BODY]
    return _Parts(
        nation=nation,
        motto=motto,
        place_and_date=place,
        number=number,
        names=tuple(names),
        type=free[0] if free else None,
        subject=free[1] if len(free) > 1 else None,
        body=tuple(free[2:]),
        signing=tuple(signed[:-1]),
        signer=signed[-1] if len(signed) > 1 else None,
        recipients_head=recipients_head,
        recipients=tuple(listed),
    )


def _find(lines: Iterable[Line], is_it: Callable[[Line], bool]) -> Line | None:
    return next((line for line in lines if is_it(line)), None)


def _page(page: Page, layout: Layout) -> Iterator[Fault]:
    size, paper = (page.width, page.height), (layout.width, layout.height)
    if any(abs(is_ - should) > 1 for is_, should in zip(size, paper, strict=True)):
        yield Fault("paper", "page", f"{size[0]:.0f}x{size[1]:.0f}", f"{paper[0]}x{paper[1]}")
    for side, span in layout.margins.items():
        if not span.holds(page.margins[side], MM_TOLERANCE):
            found, wanted = f"{page.margins[side]:.1f}", f"{span.least}-{span.most} mm"
            yield Fault("margin", side, found, wanted)
    if page.number is None:
        yield Fault("missing", "page_number")
    elif page.number.alignment != "centre":
        yield Fault("alignment", "page_number", page.number.alignment, "centre")
    else:
        yield from _look(page.number, "page_number", layout)
        yield from _fonts([page.number], layout)
    if not page.first_differs or page.number_on_first:
        yield Fault("on_first_page", "page_number")


def _fonts(lines: Iterable[Line], layout: Layout) -> Iterator[Fault]:
    for line in lines:
        for piece in line.pieces:
            for font in piece.fonts:
                if font not in layout.fonts:
                    yield Fault("font", _short(line.text), font or "none", layout.fonts[0])
            if not piece.black:
                yield Fault("colour", _short(line.text), "", "black")


def _looks(parts: _Parts, layout: Layout) -> Iterator[Fault]:
    for name in (
        "nation",
        "motto",
        "place_and_date",
        "number",
        "type",
        "subject",
        "signer",
        "recipients_head",
    ):
        line: Line | None = getattr(parts, name)
        if line is None:
            yield Fault("missing", name)
        else:
            yield from _look(line, name, layout)
    for name, lines in (
        ("issuer", parts.names[-1:]),
        ("signing", parts.signing),
        ("body", parts.body),
        ("recipient", parts.recipients),
    ):
        if not lines:
            yield Fault("missing", name)
        for line in lines:
            yield from _look(line, name, layout, bold_may=name == "body")
    for line in parts.names[:-1]:
        yield from _look(line, "authority", layout)
    if parts.motto is not None and not parts.motto.ruled:
        yield Fault("no_line_under", "motto")


def _look(line: Line, element: str, layout: Layout, *, bold_may: bool = False) -> Iterator[Fault]:
    look: Look = layout.looks[element]
    for piece in line.pieces:
        if not look.size.holds(piece.size):
            wanted = f"{look.size.least}-{look.size.most} pt"
            yield Fault("size", element, f"{piece.size:g}", wanted)
        if piece.bold != look.bold and not bold_may:
            yield Fault("bold", element, str(piece.bold).lower(), str(look.bold).lower())
        if piece.italic != look.italic and not bold_may:
            yield Fault("italic", element, str(piece.italic).lower(), str(look.italic).lower())
        if look.capitals and not piece.capitals:
            yield Fault("capitals", element, _short(line.text))
    if look.justified and line.alignment != "justify":
        yield Fault("alignment", element, line.alignment, "justify")
    if look.centred and line.alignment != "centre":
        yield Fault("alignment", element, line.alignment, "centre")


def _forms(parts: _Parts) -> Iterator[Fault]:
    """How number, date and list have to be written."""
    if parts.number is not None:
        found = NUMBER.fullmatch(parts.number.text)
        if found is None:
            yield Fault("form", "number", parts.number.text)
        elif len(found["number"]) == 1 or found["number"].startswith("00"):
            yield Fault("form", "number", found["number"], "two digits")
    if parts.place_and_date is not None:
        yield from _date_form(parts.place_and_date.text)
    if parts.recipients:
        *before, last = parts.recipients
        for line in before:
            if not (line.text.startswith("- ") and line.text.endswith(";")):
                yield Fault("form", "recipient", line.text)
        if re.fullmatch(r"- Lưu: VT\b.*\.", last.text) is None:
            yield Fault("form", "recipient", last.text, "- Lưu: VT.")


def _date_form(text: str) -> Iterator[Fault]:
    found = PLACE_AND_DATE.fullmatch(text)
    assert found is not None  # it was found by this form
    wanted = ""
    with suppress(ValueError):
        wanted = date_words(date(int(found["year"]), int(found["month"]), int(found["day"])))
    if found["words"] != wanted:
        yield Fault("form", "place_and_date", found["words"], wanted)


def _said(parts: _Parts, letter: Letter) -> Iterator[Fault]:
    names = [line.text for line in parts.names]
    number = f"Số: {letter.number_words}/{letter.symbol}"
    for element, found, wanted in (
        ("names", names, [one.upper() for one in (letter.authority, letter.issuer) if one]),
        ("number", _texts(parts.number), [" ".join(number.split())]),
        ("place_and_date", _texts(parts.place_and_date), [f"{letter.place}, {letter.date_words}"]),
        ("type", _texts(parts.type), [letter.type.upper()]),
        ("subject", _texts(parts.subject), [letter.subject]),
        ("signing", [line.text for line in parts.signing], [s.upper() for s in letter.signing]),
        ("signer", _texts(parts.signer), [letter.signer]),
    ):
        if found != wanted:
            yield Fault("says", element, " · ".join(found), " · ".join(wanted))
    listed = [line.text for line in parts.recipients]
    for line in letter.recipients:
        if line not in listed:
            yield Fault("missing", "recipient", "", line)
    for line in listed:
        if line not in letter.recipients:
            yield Fault("says", "recipient", line)
    body = {line.text for line in parts.body}
    for section in letter.sections:
        for text in (section.heading, *section.paragraphs):
            if " ".join(text.split()) not in body:
                yield Fault("missing", "body", "", _short(text))


def _texts(line: Line | None) -> Sequence[str]:
    return [] if line is None else [line.text]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - enough to find it
