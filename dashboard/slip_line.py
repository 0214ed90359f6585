"""A paper slip typed as one line: a key for each item, in the order in which the form asks them.

`1`–`5` a level, `k` no opinion, `a` not applicable; `c` yes and `k` no; a percentage as a number;
`-` a blank. Blanks between keys are free. Texts come last, each after a `/`: the open items in
their order, then what was demanded against the rules and when.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dashboard.shapes.surveys import FormItem, PublicForm

BLANK: Final = "-"
SCALE: Final = {"k": "no_opinion", "a": "not_applicable"} | {str(n): str(n) for n in range(1, 6)}
YES_NO: Final = {"c": "yes", "k": "no"}
MOST_DIGITS: Final = 3


class WrongLineError(Exception):
    """The line can't be read: `reason` at the item `item`, "" for the line as a whole."""

    def __init__(self, reason: str, item: str = "") -> None:
        super().__init__(reason, item)
        self.reason = reason
        self.item = item


@dataclass(frozen=True)
class TypedSlip:
    """What a line says: item code → value, and what was demanded, if anything."""

    answers: dict[str, str] = field(default_factory=dict)
    demand: dict[str, object] | None = None


def keyed_items(form: PublicForm) -> list[tuple[FormItem, bool]]:
    """The items that take a key, in order, and whether the filter's "no" skips them."""
    first = [(form["filter"], False)] if form["filter"] is not None else []
    rest = [(item, group["filtered"]) for group in form["groups"] for item in group["items"]]
    return first + [(item, skipped) for item, skipped in rest if item["kind"] != "text"]


def text_items(form: PublicForm) -> list[FormItem]:
    """The open items, in order."""
    every = [item for group in form["groups"] for item in group["items"]]
    return [item for item in every if item["kind"] == "text"]


def read_line(form: PublicForm, line: str) -> TypedSlip:
    """Read a line; raises `WrongLineError`: `short`, `long`, `key`, `texts`."""
    keys, *texts = line.split("/")
    answers = _read_keys(form, keys)
    open_items = text_items(form)
    said = [text.strip() for text in texts]
    for item, text in zip(open_items, said, strict=False):
        if text:
            answers[item["code"]] = text
    return TypedSlip(answers, _read_demand(form, answers, said[len(open_items) :]))


def _read_keys(form: PublicForm, keys: str) -> dict[str, str]:
    answers: dict[str, str] = {}
    typed = keys.lower().strip()
    filtered_out = False
    for item, skipped in keyed_items(form):
        if skipped and filtered_out:
            continue
        typed = typed.lstrip()
        if not typed:
            raise WrongLineError("short", item["code"])
        key, typed = _take(item, typed)
        if key is not None:
            answers[item["code"]] = key
        if form["filter"] is not None and item["code"] == form["filter"]["code"]:
            filtered_out = key != "yes"
    if typed.strip():
        raise WrongLineError("long")
    return answers


def _take(item: FormItem, typed: str) -> tuple[str | None, str]:
    """The value that the next key gives an item, None for a blank, and what is left."""
    if typed[0] == BLANK:
        return None, typed[1:]
    if item["kind"] == "percent":
        digits = "".join(_digits(typed))
        if not digits:
            raise WrongLineError("key", item["code"])
        return digits, typed[len(digits) :].removeprefix("%")
    keys = YES_NO if item["kind"] == "yes_no" else SCALE
    value = keys.get(typed[0])
    if value is None or (value == "not_applicable" and not item["not_applicable"]):
        raise WrongLineError("key", item["code"])
    return value, typed[1:]


def _digits(typed: str) -> Iterator[str]:
    for letter in typed[:MOST_DIGITS]:
        if not (letter.isascii() and letter.isdigit()):
            return
        yield letter


def _read_demand(
    form: PublicForm, answers: dict[str, str], said: list[str]
) -> dict[str, object] | None:
    """What was demanded: told where the item says "yes", in words where there are any."""
    what, when, *more = [*said, "", ""] if len(said) < 2 else said  # noqa: PLR2004 - what and when
    if any(more) or (any(said) and answers.get(form["demand"] or "") != "yes"):
        raise WrongLineError("texts")
    if not (what or when):
        return None
    return {"kind": "other", "what": what, "when": when, "concerns_head": False}
