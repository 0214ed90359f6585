"""Templates of the district: fields, nothing else, and a refusal that names what is wrong."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx.shared import Mm

from reports.domain.documents.rendering import TemplateFault, render
from reports.domain.documents.symbols import is_symbol, propose
from reports.domain.documents.uploads import MOST_BYTES, accept
from reports.shipped import shipped_template
from tests.support.letters import LAYOUT, changed, letter_of, paragraph


def _saying(beginning: str, text: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        paragraph(document, beginning).runs[0].text = text

    return change


def refusal(template: bytes) -> tuple[str, str]:
    with pytest.raises(TemplateFault) as refused:
        accept(template, LAYOUT)
    return refused.value.why, refused.value.field


def test_the_shipped_one_is_accepted() -> None:
    accept(shipped_template(), LAYOUT)


def test_a_changed_wording_is_accepted() -> None:
    accept(
        changed(
            shipped_template(),
            _saying("Căn cứ", "Thực hiện {{ legal_basis }}, nhà trường báo cáo:"),
        ),
        LAYOUT,
    )


@pytest.mark.parametrize(
    ("text", "why", "field"),
    [
        ("{{ headmaster }}", "unknown_field", "headmaster"),
        ("{{ section.footing }}", "unknown_field", "section.footing"),
        ("{% if False %}{{ hidden }}{% endif %}", "unknown_field", "hidden"),
        ("{{ section.heading", "field_syntax", ""),
        ("{{ school.__class__ }}", "unknown_field", "school.__class__"),
        ("{{ school|attr('x') }}", "construct", "filter"),
        ("{{ ''.join(recipients) }}", "construct", "call"),
        ("{{ 9 ** 9 ** 9 }}", "construct", "pow"),
        ("{% set x = 1 %}", "construct", "assign"),
        ("{% include 'x' %}", "construct", "include"),
        ("{% for a in recipients %}{{ a }}{% endfor %}", "construct", "for"),
        ("{% for a in school %}{{ a }}{% endfor %}", "construct", "for"),
    ],
)
def test_what_is_no_field_is_refused(text: str, why: str, field: str) -> None:
    # In the loop over the sections' paragraphs, the second one: a third is too deep.
    found = refusal(changed(shipped_template(), _saying("{{ paragraph }}", text)))
    assert found[0] == why
    assert found[1] == field or not field


def test_a_field_in_the_properties_is_looked_at_too() -> None:
    def change(document: Any) -> None:
        document.core_properties.title = "{{ headmaster }}"

    assert refusal(changed(shipped_template(), change)) == ("unknown_field", "headmaster")


def test_a_layout_that_breaks_the_rules_is_refused() -> None:
    def change(document: Any) -> None:
        document.sections[0].left_margin = Mm(20)

    why, field = refusal(changed(shipped_template(), change))
    assert (why, field) == ("layout", "left: margin 20.0, not 30-35 mm")


def test_a_template_without_recipients_is_refused() -> None:
    def change(document: Any) -> None:
        paragraph(document, "{{ recipients_head }}").runs[0].text = ""

    assert refusal(changed(shipped_template(), change))[0] == "layout"


def _with_part(name: str, content: bytes) -> bytes:
    written = BytesIO(shipped_template())
    with zipfile.ZipFile(written, "a") as package:
        package.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/vbaProject.bin", b"macro"),
        ("word/embeddings/oleObject1.bin", b"object"),
        ("word/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("word/x.xml", '<?xml version="1.0"?><a/>'.encode("utf-16")),
        ("word/x.xml", b"<w:instrText>INCLUDE</w:instrText><w:instrText>TEXT x</w:instrText>"),
        (
            "word/_rels/x.rels",
            b'<Relationship Id="a" Type="http://x/image" TargetMode="External" Target="http://x"/>',
        ),
    ],
)
def test_what_does_more_than_say_something_is_refused(name: str, content: bytes) -> None:
    assert refusal(_with_part(name, content)) == ("active_content", name)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not_a_document"),
        (b"%PDF-1.7", "not_a_document"),
        (b"x" * (MOST_BYTES + 1), "too_large"),
        (_with_part("word/x.xml", b"a" * 9_000_000), "too_large"),
    ],
    # The bytes would be their own names, and hold the moment at which they were packed.
    ids=["nothing", "a PDF", "many bytes", "many bytes once unpacked"],
)
def test_what_is_no_template_is_refused(data: bytes, why: str) -> None:
    assert refusal(data)[0] == why


def test_an_archive_that_is_no_word_file_is_refused() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("a.xml", "<a/>")
    assert refusal(written.getvalue())[0] == "not_a_document"


def test_text_is_not_read_as_a_template() -> None:
    letter = letter_of()
    sly = type(letter)(**{**vars(letter), "signer": "{{ 7 * 7 }} <w:b/>"})
    assert "49" not in paragraph_texts(render(shipped_template(), sly))


def paragraph_texts(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("title", "symbol"),
    [
        ("Trường Mầm non Hoa Hồng (mẫu)", "BC-MNHH"),
        ("Trường Mầm non Tân Hưng B", "BC-MNTHB"),
        ("Trường Tiểu học Đống Đa", "BC-THĐĐ"),
        ("Trường Trung học cơ sở Ánh Sao 2", "BC-THCSAS2"),
        ("Trung tâm Giáo dục thường xuyên Ế Ộ", "BC-GDTXEO"),
    ],
)
def test_a_symbol_is_proposed(title: str, symbol: str) -> None:
    assert propose(title) == symbol
    assert is_symbol(symbol)


@pytest.mark.parametrize("text", ["", "BC", "bc-mn", "BC-", "BC MN", "147/BC-MN"])
def test_what_is_no_symbol(text: str) -> None:
    assert not is_symbol(text)
