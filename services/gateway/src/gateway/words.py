"""The words that people read, out of the translation files; Vietnamese unless English is asked."""

import gettext
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import Request

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")
DEFAULT: Final[Language] = "vi"
VIETNAM: Final = timezone(timedelta(hours=7))
FOLDER: Final = Path(__file__).parent / "locale"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})")


def read_catalog(language: Language) -> Catalog:
    """Return a language's catalog as it stands in the repository."""
    with (FOLDER / language / "LC_MESSAGES" / "gateway.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@cache
def translations(language: Language) -> gettext.GNUTranslations:
    """Return a language's translations; compiled in memory, once."""
    compiled = BytesIO()
    write_mo(compiled, read_catalog(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class _Params(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def say(language: Language, key: str, params: Mapping[str, Any] | None = None) -> str:
    """Return the sentence of `key`, filled with `params`; days are written dd/mm/yyyy.

    Moments are told in Vietnam's time, to the minute.
    """
    sentence = translations(language).gettext(key)
    return sentence.format_map(_Params({k: shown(v) for k, v in (params or {}).items()}))


def shown(value: object) -> str:
    """Return a value as people read it."""
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        with suppress(ValueError):
            value = date.fromisoformat(value)
    elif isinstance(value, str) and _ISO_MOMENT.fullmatch(value):
        with suppress(ValueError):
            value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value))
    return str(value)


def language_of(request: Request) -> Language:
    """Return the reader's language: `?lang=`, else `Accept-Language`, else Vietnamese."""
    asked = request.query_params.get("lang")
    for language in LANGUAGES:
        if asked == language:
            return language
    return _accepted(request.headers.get("accept-language", ""))


def _accepted(header: str) -> Language:
    best: tuple[float, Language] = (0.0, DEFAULT)
    for part in header[:200].split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        for language in LANGUAGES:
            if tag.split("-")[0] == language and quality > best[0]:
                best = (quality, language)
    return best[1]


def percentage(language: Language, value: float | None, target: float | None = None) -> str:
    """Return a percentage with one decimal: "95,2 %", "95.2%"; an integer has none.

    It never reads as its target when it lies below: 94.96 beside 95 gives "94,96 %".
    """
    if value is None:
        return "–"
    digits = 0 if isinstance(value, int) else 1
    exact = Decimal(str(value))
    text = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if target is not None and exact < target <= text:
        text = exact.quantize(Decimal("0.01"), ROUND_DOWN)
    return f"{text}%" if language == "en" else f"{text}".replace(".", ",") + "\u00a0%"
