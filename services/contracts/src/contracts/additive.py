"""What may change in a message once it is released: nothing but a new field that may be absent.

One rule for events, requests and replies, because writers and readers are upgraded in any order
and events are kept for good: the new code reads what the old one wrote, and the old code what the
new one writes. A value more in an enum breaks the old reader as one less breaks the new one.
"""

from collections.abc import Iterator
from typing import Any, Final

Schema = dict[str, Any]
# What no program reads.
WORDS: Final = frozenset({"title", "description", "examples", "$id"})
FIELDS: Final = frozenset({"properties", "required"})
DEFINITIONS: Final = frozenset({"$defs", "components"})  # looked at where something refers to them
REFERENCE: Final = "$ref"
VALUES: Final = frozenset({"default", "const"})


def breaks(old: Schema, new: Schema) -> list[str]:
    """Return why the JSON Schema `new` can't follow `old`; empty when the change is additive."""
    return list(Comparison(old, new).of(old, new, ""))


class Comparison:
    """Compares parts of two documents, in which their references (`#/…`) are looked up.

    `required_may_come`: a new field may be required. So it is where only the new code writes, for
    readers outside: the answers of the REST interface.
    """

    def __init__(self, old: Schema, new: Schema, *, required_may_come: bool = False) -> None:
        self._old = old
        self._new = new
        self._required_may_come = required_may_come
        # References that were compared, or are: a schema may hold itself, and many share one.
        self._taken_as_same: set[tuple[str, str]] = set()

    def of(self, old: Any, new: Any, at: str) -> Iterator[str]:
        """Yield a reason for each difference that breaks; `at` is the path that leads here."""
        if isinstance(old, dict) and isinstance(new, dict):
            if REFERENCE in old and REFERENCE in new:
                yield from self._of_references(old[REFERENCE], new[REFERENCE], at)
                old, new = _beside_reference(old), _beside_reference(new)
            yield from self._of_schemas(_followed(self._old, old), _followed(self._new, new), at)
        elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                yield from self.of(one, other, at)
        elif old != new:
            yield f"{at or 'the whole'} changed"

    def _of_references(self, old: str, new: str, at: str) -> Iterator[str]:
        if (old, new) in self._taken_as_same:
            return
        self._taken_as_same.add((old, new))
        reasons = list(self.of(_target(self._old, old), _target(self._new, new), at))
        if reasons:
            self._taken_as_same.discard((old, new))
        yield from reasons

    def _of_schemas(self, old: Schema, new: Schema, at: str) -> Iterator[str]:
        yield from self._of_fields(old, new, at)
        for key in sorted((old.keys() | new.keys()) - WORDS - FIELDS - DEFINITIONS):
            was, now = old.get(key), new.get(key)
            if key == "enum" and was and now:
                same = sorted(map(repr, was)) == sorted(map(repr, now))
            elif key in old and key in new and key not in VALUES and isinstance(was, dict | list):
                yield from self.of(was, now, at)
                continue
            else:
                same = key in old and key in new and was == now
            if not same:
                yield f"{at or 'the whole'} changed its {key}"

    def _of_fields(self, old: Schema, new: Schema, at: str) -> Iterator[str]:
        had, has = old.get("properties", {}), new.get("properties", {})
        needed, needs = set(old.get("required", ())), set(new.get("required", ()))
        for name in had:
            path = f"{at}.{name}".lstrip(".")
            if name not in has:
                yield f"{path} is gone"
                continue
            if (name in needed) != (name in needs):
                yield f"{path} {'may be absent' if name in needed else 'is required'} now"
            yield from self.of(had[name], has[name], path)
        for name in has:
            if name not in had and name in needs and not self._required_may_come:
                yield f"{f'{at}.{name}'.lstrip('.')} is new and has no default"


def _followed(document: Schema, place: Schema) -> Schema:
    """Return a schema with what its reference leads to; what stands beside the reference holds."""
    while REFERENCE in place:
        place = _target(document, place[REFERENCE]) | _beside_reference(place)
    return place


def _beside_reference(place: Schema) -> Schema:
    return {key: value for key, value in place.items() if key != REFERENCE}


def _target(document: Schema, reference: str) -> Schema:
    place = document
    for key in reference.removeprefix("#/").split("/"):
        place = place[key.replace("~1", "/").replace("~0", "~")]
    return place
