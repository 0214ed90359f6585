"""Words of parents are found with accents and without, wherever the tone was put."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.searching import accented, search_key, search_text


@pytest.mark.parametrize(
    ("wanted", "written", "found"),
    [
        ("hoà", "Trường rất hòa nhã", True),
        ("hòa", "Trường rất hoà nhã", True),
        ("hoa nha", "Trường rất hòa nhã", True),
        ("HOÀ", "hòa", True),
        ("hoà", "hoàn thiện", True),
        ("hoá", "hòa", False),
        ("thuy", "thuỷ", True),
        ("thuỷ", "thủy", True),
        ("duong", "con Đường đến trường", True),
        ("Đường", "đường", True),
        ("đ", "cô da trắng", False),
        ("d", "Đón trẻ", True),
        ("qua", "quả", True),
        ("nghiêng", "nghieng", False),
        ("nhà  vệ\nsinh", "Nhà vệ sinh", True),
        ("100%", "đạt 100% mong đợi", True),
        ("_", "không có gì", False),
        ("%", "không có gì", False),
    ],
)
def test_what_is_found(wanted: str, written: str, found: bool) -> None:
    assert (search_key(wanted) in search_text(written)) is found
    decomposed = unicodedata.normalize("NFD", wanted)
    assert (search_key(decomposed) in search_text(written)) is found


TEXT = st.text("aăâeêioôơuưyáàảãạếềểễệđĐ hnt")


@given(TEXT, TEXT, TEXT)
def test_a_piece_of_a_text_is_found_without_its_accents(a: str, piece: str, b: str) -> None:
    bare = search_text(piece).split("\n")[0]
    assert search_key(bare) in search_text(f"{a} {piece} {b}")


@given(TEXT)
def test_the_place_of_a_tone_means_nothing(text: str) -> None:
    for word in text.split():
        for old, new in (("oà", "òa"), ("uý", "úy"), ("oẹ", "ọe")):
            assert accented(word.replace(old, new)) == accented(word.replace(new, old))
