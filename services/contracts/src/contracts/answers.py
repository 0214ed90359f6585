"""Check the answers of one person against a form: pure, and the same in gateway and surveys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from contracts.forms import NO, NO_OPINION, NOT_APPLICABLE, YES, Form, Item
from contracts.model import Model
from contracts.written import clean

Answer = int | str
ErrorCode = Literal[
    "required", "wrong_value", "too_long", "unknown_item", "skipped", "empty", "contradicts"
]

MAX_TEXT: Final = 2000
LOWEST_LEVEL: Final = 1
HIGHEST_LEVEL: Final = 5
FULL_PERCENT: Final = 100


class AnswerError(Model):
    """What is wrong beside one question; `item` is its code, or "form" for the whole sheet."""

    item: str
    code: ErrorCode


@dataclass(frozen=True)
class Checked:
    """`answers` in their normal form when `errors` is empty.

    Levels and percents are integers, yes/no and the two special levels words, texts NFC and
    trimmed; blanks are left out.
    """

    answers: dict[str, Answer]
    errors: tuple[AnswerError, ...]


class _WrongError(Exception):
    def __init__(self, code: ErrorCode) -> None:
        super().__init__(code)
        self.code = code


def check(form: Form, answers: Mapping[str, Answer], *, demand: bool = False) -> Checked:
    """Check and normalise `answers` (item code → value); every error is named, not just the first.

    A value may come as the text that an HTML form sends: "4" is 4, "" is a blank. After the filter
    "no", an answer to a filtered item is `skipped`. `demand`: details of an improper demand came
    along; they count as "yes" to the demand item and contradict a "no".
    """
    items = {item.code: (group.filtered, item) for group, item in form.placed_items()}
    if form.filter is not None:
        items[form.filter.code] = (False, form.filter)
    normal: dict[str, Answer] = {}
    errors: list[AnswerError] = []
    for code, value in answers.items():
        if code not in items:
            errors.append(AnswerError(item=code[:16], code="unknown_item"))
            continue
        try:
            read = _read(items[code][1], value)
        except _WrongError as wrong:
            errors.append(AnswerError(item=code, code=wrong.code))
            continue
        if read is not None:
            normal[code] = read
    errors += _demand_errors(form, normal, demand=demand)
    asked = _asked(form, normal)
    failed = {error.item for error in errors}
    for code, (filtered, item) in items.items():
        if filtered and not asked and code in normal:
            errors.append(AnswerError(item=code, code="skipped"))
        if item.required and code not in normal and code not in failed and (asked or not filtered):
            errors.append(AnswerError(item=code, code="required"))
    if not normal and not errors:
        errors.append(AnswerError(item="form", code="empty"))
    return Checked({} if errors else normal, tuple(errors))


def _asked(form: Form, normal: Mapping[str, Answer]) -> bool:
    """Whether the filtered groups apply to this person."""
    return form.filter is None or normal.get(form.filter.code) == YES


def _demand_errors(form: Form, normal: dict[str, Answer], *, demand: bool) -> list[AnswerError]:
    """Let details stand for the "yes" that was not ticked; name what contradicts them."""
    if not demand:
        return []
    if form.demand is None:
        return [AnswerError(item="form", code="unknown_item")]
    if normal.setdefault(form.demand, YES) != YES:
        return [AnswerError(item=form.demand, code="contradicts")]
    return []


def _read(item: Item, value: Answer) -> Answer | None:
    """Return the normal form of one value, None for a blank; raises `_WrongError`."""
    if isinstance(value, bool):
        raise _WrongError("wrong_value")
    if isinstance(value, str):
        try:
            value = clean(value)
        except ValueError:
            raise _WrongError("wrong_value") from None
        if value == "":
            return None
    if item.kind == "text":
        return _text(value)
    if item.kind == "yes_no":
        return _one_of(value, {YES, NO})
    if item.kind == "percent":
        return _number(value, 0, FULL_PERCENT)
    if value == NO_OPINION or (value == NOT_APPLICABLE and item.not_applicable):
        return value
    return _number(value, LOWEST_LEVEL, HIGHEST_LEVEL)


def _text(value: Answer) -> str:
    if not isinstance(value, str):
        raise _WrongError("wrong_value")
    if len(value) > MAX_TEXT:
        raise _WrongError("too_long")
    return value


def _one_of(value: Answer, allowed: set[str]) -> str:
    if value not in allowed:
        raise _WrongError("wrong_value")
    return str(value)


def _number(value: Answer, low: int, high: int) -> int:
    if isinstance(value, str):
        if not (value.isascii() and value.isdigit() and len(value) <= len(str(high))):
            raise _WrongError("wrong_value")
        value = int(value)
    if not low <= value <= high:
        raise _WrongError("wrong_value")
    return value
