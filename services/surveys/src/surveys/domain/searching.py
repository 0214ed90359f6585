"""Find words in what parents wrote, with accents or without, wherever the tone was put."""

import re
import unicodedata
from typing import Final

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_QUALITIES: Final = "\u0302\u0306\u031b"  # â ê ô, ă, ơ ư
_VOWELS: Final = re.compile(rf"([aeiouy])([aeiouy{_TONES}{_QUALITIES}]*)")
_TONE: Final = re.compile(f"[{_TONES}]")
_MARKS: Final = re.compile(r"[\u0300-\u036f]")
_SPACE: Final = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return lower case without accents, "đ" as "d", one space between words."""
    return _MARKS.sub("", _decomposed(text)).replace("đ", "d")


def accented(text: str) -> str:
    """Return lower case with each tone after the first vowel: "hoà" and "hòa" are one."""
    return _VOWELS.sub(_tone_first, _decomposed(text))


def search_text(text: str) -> str:
    """Return what is searched: the text without accents, and below it with them."""
    return f"{plain(text)}\n{accented(text)}"


def search_key(wanted: str) -> str:
    """Return what to look for in `search_text`: who types accents means them."""
    without = plain(wanted)
    return without if without == _decomposed(wanted) else accented(wanted)


def _decomposed(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFD", text.lower())).strip()


def _tone_first(vowels: re.Match[str]) -> str:
    rest = vowels[2]
    return vowels[1] + "".join(_TONE.findall(rest)) + _TONE.sub("", rest)
