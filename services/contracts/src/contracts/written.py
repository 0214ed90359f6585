"""Text that a person wrote, in the one form in which it is stored."""

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints

_NOT_STORABLE: Final = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    r"""Return the text in NFC, trimmed, with "\n" line ends.

    Raises `ValueError` for what no database can store: NUL and lone surrogates.
    """
    if _NOT_STORABLE.search(text):
        raise ValueError("the text holds characters that can't be stored")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def _at_most(length: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if len(text) > length:
            raise ValueError(f"the text has more than {length} characters")
        return text

    return check


# Length is judged after normalising, so that a letter counts once whichever phone wrote it.
Short = Annotated[
    str, StringConstraints(max_length=800), AfterValidator(clean), AfterValidator(_at_most(200))
]
Long = Annotated[
    str, StringConstraints(max_length=8000), AfterValidator(clean), AfterValidator(_at_most(2000))
]


def _not_empty(text: str) -> str:
    if not text:
        raise ValueError("the text is empty")
    return text


# A reason, an answer, an evidence: it has to say something.
Said = Annotated[Long, AfterValidator(_not_empty)]
# The same in at most 500 characters: a title, a legal basis.
Sentence = Annotated[
    str,
    StringConstraints(max_length=2000),
    AfterValidator(clean),
    AfterValidator(_at_most(500)),
    AfterValidator(_not_empty),
]
