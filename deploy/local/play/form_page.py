"""Reads the parents' page as a browser without scripts would: a form, its fields, their choices."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FormPage:
    """One form: `hidden` fields are sent back as they are, `choices` are radio values by name."""

    action: str = ""
    method: str = "get"
    hidden: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormPage] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(FormPage(given.get("action", ""), given.get("method", "get").lower()))
        if not self.forms:
            return
        form, name = self.forms[-1], given.get("name", "")
        if tag == "textarea" or (tag == "input" and given.get("type") in {"text", "number"}):
            form.texts.append(name)
        elif tag == "input" and given.get("type") == "hidden":
            form.hidden[name] = given.get("value", "")
        elif tag == "input" and given.get("type") == "radio":
            form.choices.setdefault(name, []).append(given.get("value", ""))


def read_form(html: str) -> FormPage:
    """Return the form of a page that has choices; raises `LookupError` when there is none."""
    reader = _Reader()
    reader.feed(html)
    for form in reader.forms:
        if form.choices:
            return form
    raise LookupError("the page has no form to fill in")
