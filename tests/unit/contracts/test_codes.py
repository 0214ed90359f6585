from random import Random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.codes import ALPHABET, fingerprint, make_code, read_class, read_code


def test_a_code_is_read_however_it_is_typed() -> None:
    code = make_code(Random(7).getrandbits)  # noqa: S311 - the test wants the same code each time
    assert read_code(code) == code
    assert read_code(f"  {code.lower().replace('-', ' ')} ") == code
    assert read_code(code.replace("-", "")) == code


def test_each_letter_of_a_code_is_drawn() -> None:
    assert make_code(lambda _: 0) == "0000-0000-0000"
    assert make_code(lambda bits: 2**bits - 1) == "ZZZZ-ZZZZ-ZZZZ"
    draw = Random(8).getrandbits  # noqa: S311 - the test wants the same codes each time
    codes = [make_code(draw) for _ in range(1000)]
    assert all(
        set(ALPHABET) == {code[place] for code in codes} for place in range(14) if place % 5 < 4
    )


@pytest.mark.parametrize("typed", ["7K2M-QX9D-A4TI", "7k2m-qx9d-a4tl"])
def test_letters_that_look_like_digits_are_digits(typed: str) -> None:
    assert read_code(typed) == "7K2M-QX9D-A4T1"


@given(st.text(max_size=20))
def test_what_is_read_is_written_in_the_alphabet(typed: str) -> None:
    code = read_code(typed)
    if code is not None:
        assert set(code) <= set(ALPHABET) | {"-"}
        assert read_code(code) == code


@pytest.mark.parametrize("typed", ["", "7K2M-QX9D-A4T", "7K2M-QX9D-A4TU", "7K2M-QX9D-A4TWX", "ßßß"])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_a_code_of_another_campaign_has_another_fingerprint() -> None:
    one, other = uuid4(), uuid4()
    assert fingerprint(one, "7K2M-QX9D-A4TW") != fingerprint(other, "7K2M-QX9D-A4TW")
    assert len(fingerprint(one, "7K2M-QX9D-A4TW")) == 64


@pytest.mark.parametrize("name", ["3A", "Lá 2", "Nhà trẻ 1", "5.2", "4-1"])
def test_classes_are_called_as_the_school_calls_them(name: str) -> None:
    assert read_class(f" {name} ") == name


@pytest.mark.parametrize("name", ["", "=1+1", "a,b", "<b>", "x" * 13, "a\x00b", "\ud800", "a\nb"])
def test_what_is_no_class_is_none(name: str) -> None:
    assert read_class(name) is None
