"""What is wrong with a form, and where in its file."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from pydantic import ValidationError

from contracts.forms import Form
from contracts.rpc.forms import FormFault

Path = tuple[int | str, ...]
Raw = Mapping[str, Any]

# As many as one page of a phone bears; an answer holds at most a hundred.
MOST_ITEMS: Final = 60
# Names that the parents' page itself gives to fields and faults.
RESERVED: Final = frozenset({"submission_id", "lang", "form"})
# Control characters but the end of a line, half letters, and what XML can't hold.
_STRANGE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FAULTS: Final[Mapping[str, FormFault]] = {
    "missing": "missing",
    "literal_error": "not_one_of",
    "string_pattern_mismatch": "wrong_code",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "too_short": "too_short",
}


class MalformedForm(Exception):
    """The file is no form. `line` counts from 1: of the text, or the row of the sheet.

    `reason` is for the log; people read the words of `why`, with `field`.
    """

    def __init__(self, line: int, reason: str, why: FormFault, field: str = "") -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason
        self.why = why
        self.field = str(field)


@dataclass(frozen=True)
class Contradiction:
    """Parts of a form that don't fit each other; `at` is the path to the one to change."""

    at: Path
    why: FormFault
    field: str
    reason: str


def build(raw: Any, line_of: Callable[[Path], int]) -> Form:
    """Return the form that was read; raises `MalformedForm` at its first fault.

    `line_of` gives the place of the deepest part on a path that the file has.
    """
    try:
        form = Form.model_validate(raw)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        if not (first["type"] == "value_error" and first["loc"] == ()):
            raise _malformed(first["type"], first["loc"], first["msg"], line_of) from None
        form = None
        message = first["msg"]
    for one in chain(_unprintable(raw, ()), contradictions(raw)):
        raise MalformedForm(line_of(one.at), one.reason, one.why, one.field)
    if form is None:
        raise MalformedForm(1, message, "wrong_value")
    return form


def _malformed(kind: str, at: Path, message: str, line_of: Callable[[Path], int]) -> MalformedForm:
    path = ".".join(map(str, at))
    why = _FAULTS.get(kind, "wrong_type" if kind.endswith(("_type", "_parsing")) else "wrong_value")
    return MalformedForm(line_of(at), f"{path}: {message}" if path else message, why, path)


def _unprintable(raw: Any, at: Path) -> Iterator[Contradiction]:
    """Yield texts that no page, no sheet or no database takes."""
    if isinstance(raw, dict | list):
        parts = raw.items() if isinstance(raw, dict) else enumerate(raw)
        for step, part in parts:
            yield from _unprintable(part, (*at, step))
    elif isinstance(raw, str) and _STRANGE.search(raw):
        field = ".".join(map(str, at))
        yield Contradiction(at, "unprintable", field, f"{field} can't be printed")


def contradictions(raw: Raw) -> Iterator[Contradiction]:
    """Yield what doesn't fit in a form whose parts are each in order."""
    items = list(_items(raw))
    kinds = {item["code"]: item["kind"] for _, item in items}
    yield from _codes(items)
    filtered = raw.get("filter")
    if filtered and filtered["kind"] != "yes_no":
        code = filtered["code"]
        yield Contradiction(
            ("filter", "kind"), "filter_kind", code, f"filter {code} is not a yes_no item"
        )
    for place, group in enumerate(raw["groups"]):
        if group.get("filtered") and not filtered:
            reason = "a group is filtered, but the form has no filter"
            yield Contradiction(("groups", place), "filter_missing", group["code"], reason)
    overall, demand = raw["overall"], raw.get("demand")
    if kinds.get(overall) != "scale5":
        reason = f"overall {overall} is not a scale5 item of the form"
        yield Contradiction(("overall",), "overall_kind", overall, reason)
    if demand is None:
        reason = "the form doesn't ask about improper demands"
        yield Contradiction(("demand",), "demand_missing", "demand", reason)
    elif kinds.get(demand) != "yes_no":
        reason = f"demand {demand} is not a yes_no item of the form"
        yield Contradiction(("demand",), "demand_kind", demand, reason)
    elif not raw.get("demand_notice"):
        reason = "the form doesn't say who reads what is reported"
        yield Contradiction(("demand",), "notice_missing", "demand_notice", reason)


def _items(raw: Raw) -> Iterator[tuple[Path, Raw]]:
    """Yield each item with its path, the filter first."""
    if raw.get("filter"):
        yield ("filter",), raw["filter"]
    for place, group in enumerate(raw["groups"]):
        for number, item in enumerate(group["items"]):
            yield ("groups", place, "items", number), item


def _codes(items: list[tuple[Path, Raw]]) -> Iterator[Contradiction]:
    seen: Counter[str] = Counter()
    for number, (at, item) in enumerate(items, 1):
        code = item["code"]
        seen[code] += 1
        if seen[code] > 1:
            yield Contradiction((*at, "code"), "twice", code, f"item codes stand twice: {code}")
        if code in RESERVED:
            reason = f"{code} has a meaning of its own on the page"
            yield Contradiction((*at, "code"), "reserved_code", code, reason)
        if number > MOST_ITEMS:
            reason = f"the form has more than {MOST_ITEMS} items"
            yield Contradiction(at, "too_many_items", str(MOST_ITEMS), reason)
