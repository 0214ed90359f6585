"""The one check of answers that gateway and surveys share."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.answers import MAX_TEXT, Answer, check
from contracts.forms import Form
from tests.support.surveys import CARE, TTHC

ANSWERED: dict[str, Answer] = {"P": "yes", "F": 4}


def errors(form: Form, answers: dict[str, Any], *, demand: bool = False) -> set[tuple[str, str]]:
    return {(e.item, e.code) for e in check(form, answers, demand=demand).errors}


def test_text_of_an_html_form_and_json_are_the_same() -> None:
    typed = check(TTHC, {"P": "yes", "A1": "5", "A2": "", "F": " 4 ", "B4": "no", "H": "hoà  "})
    sent = check(TTHC, {"P": "yes", "A1": 5, "F": 4, "B4": "no", "H": "hoà"})
    assert typed == sent
    assert sent.answers == {"P": "yes", "A1": 5, "F": 4, "B4": "no", "H": "hoà"}


def test_what_a_person_wrote_is_stored_in_one_form() -> None:
    decomposed = "ho\u0061\u0300\r\n" + "x"
    assert check(CARE, {"Q25": decomposed}).answers == {"Q25": "ho\u00e0\nx"}


@pytest.mark.parametrize(
    ("item", "value", "code"),
    [
        ("F", 0, "wrong_value"),
        ("F", 6, "wrong_value"),
        ("F", "4.0", "wrong_value"),
        ("F", "٤", "wrong_value"),
        ("F", "-1", "wrong_value"),
        ("F", "99999999999999999999", "wrong_value"),
        ("F", True, "wrong_value"),
        ("F", "not_applicable", "wrong_value"),
        ("B4", "maybe", "wrong_value"),
        ("B4", 1, "wrong_value"),
        ("H", 7, "wrong_value"),
        ("H", "a\x00b", "wrong_value"),
        ("H", "\ud800", "wrong_value"),
        ("H", "x" * (MAX_TEXT + 1), "too_long"),
        ("Z9", 1, "unknown_item"),
    ],
)
def test_wrong_value_is_named_beside_its_question(item: str, value: Answer, code: str) -> None:
    assert errors(TTHC, {**ANSWERED, item: value}) == {(item, code)}


@pytest.mark.parametrize("value", [0, 100, "0", "100"])
def test_percent_takes_both_ends(value: Answer) -> None:
    assert check(CARE, {"Q24": value}).answers == {"Q24": int(value)}


def test_percent_beyond_its_ends() -> None:
    assert errors(CARE, {"Q24": 101}) == {("Q24", "wrong_value")}


def test_special_levels() -> None:
    assert check(TTHC, {**ANSWERED, "A1": "no_opinion", "D3": "not_applicable"}).errors == ()


def test_every_error_is_named_at_once() -> None:
    assert errors(TTHC, {"P": "yes", "F": 9, "B4": "x", "Z": 1}) == {
        ("F", "wrong_value"),
        ("B4", "wrong_value"),
        ("Z", "unknown_item"),
    }


def test_filter_is_asked_and_its_no_skips_the_items() -> None:
    assert errors(TTHC, {}) == {("P", "required")}
    assert check(TTHC, {"P": "no"}).answers == {"P": "no"}
    assert errors(TTHC, {"P": "no", "F": 4}) == {("F", "skipped")}
    assert check(TTHC, {"P": "no", "G": "no", "H": "Cần thêm ghế"}).errors == ()


def test_an_empty_sheet_is_no_answer() -> None:
    assert errors(CARE, {"Q1": "", "Q25": "  "}) == {("form", "empty")}


def test_demand_stands_for_its_tick() -> None:
    assert check(TTHC, ANSWERED, demand=True).answers["G"] == "yes"
    assert errors(TTHC, {**ANSWERED, "G": "no"}, demand=True) == {("G", "contradicts")}
    assert errors(TTHC, {"P": "no", "G": "yes"}, demand=True) == set()


values = st.one_of(st.integers(-2, 200), st.text(max_size=8), st.sampled_from(["yes", "no", "4"]))
codes = st.sampled_from([item.code for _, item in TTHC.placed_items()] + ["P", "Z"])


@given(st.dictionaries(codes, values, max_size=12), st.booleans())
def test_checking_is_total_and_its_normal_form_is_stable(
    answers: dict[str, Answer], demand: bool
) -> None:
    checked = check(TTHC, answers, demand=demand)
    assert bool(checked.answers) != bool(checked.errors)
    if not checked.errors:
        assert check(TTHC, checked.answers, demand=demand) == checked
        json.dumps(checked.answers, ensure_ascii=False).encode()
