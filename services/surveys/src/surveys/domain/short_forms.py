"""The short form: the overall items and the question about demands, and one group in its turn."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from contracts.forms import Form, Group, Item

SHORT: Final = 8
_MONTHS: Final = 3
_RATED: Final = frozenset({"scale5", "percent"})


def turn_of(day: date) -> int:
    """Return the number of a day's quarter since year 0: the turn of the groups goes on with it."""
    return day.year * 4 + (day.month - 1) // _MONTHS


def short_items(form: Form, turn: int) -> tuple[str, ...]:
    """Return the codes of the items that a short form asks, at most eight, in the form's order.

    Always: the rated items of the group with the overall one, and the question about improper
    demands, which both forms ask. In turn: a whole group of the others, so that its rate stands
    beside that of a whole form (one that is too long takes several turns). What room is left goes
    to open questions, the last first: the shipped form asks there what to improve.
    """
    always = [
        item.code
        for group, item in form.placed_items()
        if item.code in {form.demand, form.overall}
        or (item.kind in _RATED and _holds_overall(form, group))
    ][:SHORT]
    room = SHORT - len(always)
    turns = list(_turns(form, room)) if room else []
    asked = {*always, *(turns[turn % len(turns)] if turns else ())}
    texts = [item.code for _, item in form.placed_items() if item.kind == "text"]
    asked |= set(texts[::-1][: SHORT - len(asked)])
    return tuple(item.code for _, item in form.placed_items() if item.code in asked)


def reduced(form: Form, items: Iterable[str]) -> Form:
    """Return the form with these items alone, everything else as it is."""
    kept = set(items)
    groups = (
        group.model_copy(update={"items": tuple(i for i in group.items if i.code in kept)})
        for group in form.groups
    )
    return form.model_copy(update={"groups": tuple(group for group in groups if group.items)})


def _holds_overall(form: Form, group: Group) -> bool:
    return any(item.code == form.overall for item in group.items)


def _turns(form: Form, room: int) -> Iterator[list[str]]:
    """Yield the items of each turn: a group with scale items, in pieces where it is too long."""
    for group in form.groups:
        if _holds_overall(form, group) or not any(i.kind == "scale5" for i in group.items):
            continue
        codes = [item.code for item in group.items if _rotates(form, item)]
        yield from (codes[at : at + room] for at in range(0, len(codes), room))


def _rotates(form: Form, item: Item) -> bool:
    return item.kind != "text" and item.code != form.demand
