"""The checker passes what is right and names each thing that is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.domain.documents.checking import check
from reports.shipped import kinds
from tests.support.letters import LAYOUT, changed, letter_of, made, paragraph


@pytest.mark.parametrize("deputy", [True, False])
@pytest.mark.parametrize("kind", kinds().codes())
def test_every_kind_passes(kind: str, deputy: bool) -> None:
    letter = letter_of(kind, deputy=deputy, pages=2)
    assert check(made(letter), LAYOUT, letter) == ()


def _run(beginning: str, change: Callable[[Any], None]) -> Callable[[Any], None]:
    def do(document: Any) -> None:
        for run in paragraph(document, beginning).runs:
            change(run)

    return do


def _font(run: Any) -> None:
    run.font.name = "Arial"


def _other_letters_font(run: Any) -> None:
    """Word writes ế and ộ in this one."""
    run.font.name = "Times New Roman"
    run._r.rPr.rFonts.set(qn("w:hAnsi"), "Calibri")


def _text(old: str, new: str) -> Callable[[Any], None]:
    def change(run: Any) -> None:
        run.text = run.text.replace(old, new)

    return change


def _margin(side: str, mm: float) -> Callable[[Any], None]:
    return lambda document: setattr(document.sections[0], f"{side}_margin", Mm(mm))


def _drop(beginning: str) -> Callable[[Any], None]:
    def do(document: Any) -> None:
        gone = paragraph(document, beginning)._p
        gone.getparent().remove(gone)

    return do


def _no_line(document: Any) -> None:
    for border in list(document.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def _number_on_first(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = False


def _number_left(document: Any) -> None:
    document.sections[0].header.paragraphs[0].alignment = ALIGN.LEFT


def _no_page_number(document: Any) -> None:
    for run in document.sections[0].header.paragraphs[0].runs:
        run._r.getparent().remove(run._r)


def _style(document: Any) -> None:
    document.styles["Normal"].font.color.rgb = RGBColor(0x1F, 0x49, 0x7D)


CHANGES: list[tuple[Callable[[Any], None], str, str]] = [
    (_margin("left", 25), "margin", "left"),
    (_margin("right", 25), "margin", "right"),
    (_margin("top", 19), "margin", "top"),
    (_margin("bottom", 26), "margin", "bottom"),
    (lambda d: setattr(d.sections[0], "page_width", Mm(216)), "paper", "page"),
    (_run("Nội dung", _font), "font", "Nội dung <mẫu> & số liệu: 95,0%."),
    (_run("Nội dung", _other_letters_font), "font", "Nội dung <mẫu> & số liệu: 95,0%."),
    (_run("Nội dung", lambda r: setattr(r.font, "size", Pt(12))), "size", "body"),
    (lambda d: setattr(paragraph(d, "Nội"), "alignment", ALIGN.LEFT), "alignment", "body"),
    (_style, "colour", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (_run("CỘNG", lambda r: setattr(r, "bold", False)), "bold", "nation"),
    (_run("CỘNG", lambda r: setattr(r.font, "size", Pt(14))), "size", "nation"),
    (_drop("CỘNG"), "missing", "nation"),
    (_run("Độc lập", lambda r: setattr(r.font, "size", Pt(12))), "size", "motto"),
    (_no_line, "no_line_under", "motto"),
    (_run("TRƯỜNG", lambda r: setattr(r, "bold", False)), "bold", "issuer"),
    (_run("ỦY BAN", lambda r: setattr(r, "bold", True)), "bold", "authority"),
    (_run("TRƯỜNG", _text("TRƯỜNG", "Trường")), "capitals", "issuer"),
    (_run("Số:", lambda r: setattr(r.font, "size", Pt(14))), "size", "number"),
    (_run("Số:", _text("05", "5")), "form", "number"),
    (_run("Số:", _text("05", "06")), "says", "number"),
    (_drop("Số:"), "missing", "number"),
    (_run("Quận", lambda r: setattr(r, "italic", False)), "italic", "place_and_date"),
    (_run("Quận", _text("ngày 05", "ngày 5")), "form", "place_and_date"),
    (_run("Quận", _text("tháng 02", "tháng 2")), "form", "place_and_date"),
    (_run("Quận", _text("ngày 05", "ngày 30")), "form", "place_and_date"),
    (_run("BÁO CÁO", lambda r: setattr(r, "bold", False)), "bold", "type"),
    (_run("Kết quả", lambda r: setattr(r.font, "size", Pt(15))), "size", "subject"),
    (_run("KT.", _text("KT. ", "")), "says", "signing"),
    (_run("Nguyễn", lambda r: setattr(r, "bold", False)), "bold", "signer"),
    (_drop("Nguyễn"), "says", "signer"),
    (_run("Nơi nhận", lambda r: setattr(r, "italic", False)), "italic", "recipients_head"),
    (_run("- Ủy ban", lambda r: setattr(r.font, "size", Pt(12))), "size", "recipient"),
    (_drop("- Ban Chỉ đạo"), "missing", "recipient"),
    (_drop("- Lưu"), "form", "recipient"),
    (_number_on_first, "on_first_page", "page_number"),
    (_number_left, "alignment", "page_number"),
    (_no_page_number, "missing", "page_number"),
]


@pytest.mark.parametrize(("change", "code", "element"), CHANGES)
def test_one_change_is_named(change: Callable[[Any], None], code: str, element: str) -> None:
    letter = letter_of()
    faults = check(changed(made(letter), change), LAYOUT, letter)
    assert (code, element) in {(fault.code, fault.element) for fault in faults}


def test_what_it_says_is_compared() -> None:
    letter = letter_of()
    other = replace(letter, recipients=(*letter.recipients[:-1], "- Thanh tra;", "- Lưu: VT."))
    faults = check(made(letter), LAYOUT, other)
    assert [(fault.code, fault.wanted) for fault in faults] == [("missing", "- Thanh tra;")]


def test_what_is_no_word_file_is_unreadable() -> None:
    assert [fault.code for fault in check(b"PK\x03\x04", LAYOUT)] == ["unreadable"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 1, 9), "ngày 09 tháng 01 năm 2024"),
        (date(2024, 2, 10), "ngày 10 tháng 02 năm 2024"),
        (date(2024, 3, 1), "ngày 01 tháng 3 năm 2024"),
        (date(2024, 12, 31), "ngày 31 tháng 12 năm 2024"),
    ],
)
def test_dates_with_their_zeros(day: date, words: str) -> None:
    letter = replace(letter_of(), issued_on=day)
    assert letter.date_words == words
    assert check(made(letter), LAYOUT, letter) == ()
