"""What is wrong with the layout of a Word template, as people who edit it in Word say it."""

from collections.abc import Mapping
from typing import Any

from gateway.words import Language, say, translations


def layout_fault(language: Language, params: Mapping[str, Any]) -> str:
    """Return the fault that `params` tell by parts: `fault`, `element`, `found`, `wanted`.

    An element without a name of its own is a text of the document, and is quoted.
    """
    element = str(params.get("element", ""))
    key = f"layout.element.{element}"
    named = translations(language).gettext(key)
    said = {**params, "element": f"“{element}”" if named == key else named}
    return say(language, f"layout.{params['fault']}", said).strip()
