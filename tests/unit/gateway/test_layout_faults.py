"""Every fault of a layout is said in words, and every element by its name."""

import re
from pathlib import Path

import pytest

from gateway.layout_faults import layout_fault
from gateway.words import LANGUAGES, Language, read_catalog
from reports.domain.documents import checking
from reports.domain.documents.layout import ELEMENTS, SIDES

CODES = set(re.findall(r'Fault\(\s*"(\w+)"', Path(checking.__file__).read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_and_element_has_its_words(language: Language) -> None:
    known = {str(message.id) for message in read_catalog(language)}
    assert {"margin", "font", "says"} <= CODES
    assert {f"layout.{code}" for code in CODES} <= known
    named = (*ELEMENTS, *SIDES, "page", "file", "names")
    assert {f"layout.element.{name}" for name in named} <= known


def test_a_margin_is_said_as_word_says_it() -> None:
    fault = checking.Fault("margin", "left", "10.6", "30-35 mm")
    assert layout_fault("vi", fault.parts) == "lề trái 10.6 mm, phải từ 30-35 mm"
    assert layout_fault("en", fault.parts) == "the left margin is 10.6 mm, not 30-35 mm"


def test_what_is_no_element_is_quoted() -> None:
    fault = checking.Fault("font", "Kết quả", "Arial", "Times New Roman")
    assert layout_fault("vi", fault.parts) == (
        "phông chữ của “Kết quả” là Arial, phải là Times New Roman"
    )
