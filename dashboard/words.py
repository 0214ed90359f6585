"""The words that people read, from `locale/<language>/LC_MESSAGES/dashboard.po`.

The catalogs are read as text when the first word is asked for; nothing is compiled. A key that no
catalog has is shown as it is, so that a page never breaks for a word; a test finds it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

LANGUAGES: Final = ("vi", "en")
LOCALE = Path(__file__).with_name("locale")


@cache
def catalog(language: str) -> Mapping[str, str]:
    """Key → words of one language."""
    path = LOCALE / language / "LC_MESSAGES" / "dashboard.po"
    with path.open("rb") as file:
        read = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in read if message.id}


class Words:
    """The words of one language: `t("page.overview")`, `t("account.schools", count=3)`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._catalog = catalog(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """The words of `key`, its `{names}` filled in; a number in `count` picks one or many."""
        words = self._catalog.get(key, key)
        if values.get("count") == 1:
            words = self._catalog.get(f"{key}.one", words)
        return words.format_map(values) if values else words

    def has(self, key: str) -> bool:
        """Whether there are words for `key`: for values that a newer service may send."""
        return key in self._catalog

    def named(self, family: str, value: str) -> str:
        """The words for one value of an enumeration, the value itself when it has none."""
        return self._catalog.get(f"{family}.{value}", value)
