"""The symbol that is proposed for a document: "BC-MNHH" of Trường Mầm non Hoa Hồng."""

import re
import unicodedata
from typing import Final

REPORT: Final = "BC"
# How levels are shortened at the beginning of a school's name, the longest first.
_LEVELS: Final = (
    ("giáo dục nghề nghiệp - giáo dục thường xuyên", "GDNN-GDTX"),
    ("giáo dục thường xuyên", "GDTX"),
    ("tiểu học và trung học cơ sở", "TH&THCS"),
    ("trung học phổ thông", "THPT"),
    ("trung học cơ sở", "THCS"),
    ("tiểu học", "TH"),
    ("mầm non", "MN"),
    ("mẫu giáo", "MG"),
)
_WORD: Final = re.compile(r"[^\W_]+")
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")
_SYMBOL: Final = re.compile(r"[A-ZĐ0-9&]+(-[A-ZĐ0-9&]+)+")


def propose(title: str, kind: str = REPORT) -> str:
    """Return the symbol of a school's documents of a kind; what stands in brackets is left out.

    A proposal: the office's own abbreviation counts, and the clerk can enter it.
    """
    name = _ASIDE.sub("", unicodedata.normalize("NFC", title)).strip()
    rest = re.sub(r"^(trường|trung tâm)\s+", "", name, flags=re.IGNORECASE)
    level = ""
    for words, short in _LEVELS:
        if rest.lower().startswith(words):
            level, rest = short, rest[len(words) :]
            break
    initials = "".join(map(_initial, _WORD.findall(rest)))
    return f"{kind}-{level}{initials}"


def is_symbol(text: str) -> bool:
    """Whether a text can be a symbol: capitals joined by hyphens."""
    return _SYMBOL.fullmatch(text) is not None


def _initial(word: str) -> str:
    """Return a word's first letter without its marks, Đ as it is; a number stays whole."""
    if word.isdigit():
        return word
    first = word[0].upper()
    return first if first == "Đ" else unicodedata.normalize("NFD", first)[0]


def offices_of(title: str) -> tuple[str, str]:
    """Return what the head and the deputy of a school are called, by its name."""
    if title.lower().startswith("trung tâm"):
        return "Giám đốc", "Phó Giám đốc"
    return "Hiệu trưởng", "Phó Hiệu trưởng"
