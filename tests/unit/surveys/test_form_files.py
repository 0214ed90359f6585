"""The question bank, and forms that are none."""

import pytest

from surveys.domain.form_files import MalformedForm, read_form
from tests.support.surveys import CARE, TTHC, form_text


def test_tthc_form_asks_what_the_bank_says() -> None:
    assert [item.code for _, item in TTHC.placed_items()] == (
        [
            "A1",
            "A2",
            "A3",
            "A4",
            "B1",
            "B2",
            "B3",
            "B4",
            "C1",
            "C2",
            "C3",
            "D1",
            "D2",
            "D3",
            "E1",
            "E2",
            "F",
            "G",
            "H",
        ]
    )
    assert TTHC.filter is not None
    assert (TTHC.filter.code, TTHC.overall, TTHC.demand) == ("P", "F", "G")
    assert [i.code for _, i in TTHC.placed_items() if i.kind == "yes_no"] == ["B4", "C3", "G"]


def test_care_form_asks_what_the_bank_says() -> None:
    assert [item.code for _, item in CARE.placed_items()] == [f"Q{n}" for n in range(1, 28)]
    assert (CARE.filter, CARE.overall, CARE.demand) == (None, "Q23", "Q27")
    sizes = [len(group.items) for group in CARE.groups[:5]]
    assert sizes == [4, 5, 4, 5, 4]


@pytest.mark.parametrize(
    ("find", "put", "line_with", "reason"),
    [
        ("kind: scale5", "kind: scale9", "kind: scale9", "groups.0.items.0.kind"),
        ("version: 1", "version: zero", "version: zero", "version"),
        ("code: A1", "kode: A1", "- kode: A1", "code: Field required"),
        ("code: A2", "code: A1", "", "stand twice: A1"),
        ("overall: F", "overall: H", "", "overall H is not a scale5 item"),
        ("overall: F", "overall: F\nexpired: true", "expired", "expired is not known here"),
        ("overall: F", "overall: F\noverall: F", "", "overall stands twice"),
        ("groups:", "groups: [", "", "expected"),
        ("demand: G", "demand: A1", "", "demand A1 is not a yes_no item"),
    ],
)
def test_malformed_form_is_refused_with_line_and_reason(
    find: str, put: str, line_with: str, reason: str
) -> None:
    text = form_text("tthc").replace(find, put, 1)
    with pytest.raises(MalformedForm) as refused:
        read_form(text)
    assert reason in refused.value.reason
    if line_with:
        assert line_with in text.splitlines()[refused.value.line - 1]


@pytest.mark.parametrize("text", ["", "[]", "word", "kind: [unclosed", "\x00", "? [a]: b"])
def test_whatever_is_no_form_is_refused(text: str) -> None:
    with pytest.raises(MalformedForm):
        read_form(text)
