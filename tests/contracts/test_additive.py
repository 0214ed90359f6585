"""Which changes of a schema break whoever knows the older one."""

import copy
from typing import Any

import pytest

from contracts.additive import Schema, breaks

RELEASED: Schema = {
    "type": "object",
    "properties": {
        "school": {"type": "string", "maxLength": 32},
        "kind": {"enum": ["fee", "papers"], "type": "string"},
        "due_on": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "period": {"$ref": "#/$defs/Period"},
        "former": {"type": "array", "items": {"$ref": "#/$defs/Period"}},
        "counted": {"type": "integer", "default": 0},
        "words": {"$ref": "#/$defs/Words"},
    },
    "required": ["school", "kind", "due_on", "period", "former", "words"],
    "$defs": {
        "Period": {
            "type": "object",
            "properties": {
                "year": {"type": "integer"},
                "title": {"type": "string"},
                "before": {"$ref": "#/$defs/Period", "description": "words", "default": None},
            },
            "required": ["year", "title"],
        },
        "Words": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
GONE = object()


def changed(path: str, value: object) -> Schema:
    """The released schema with another value at a path, or without it."""
    schema = copy.deepcopy(RELEASED)
    place: Any = schema
    *way, last = path.split("/")
    for key in way:
        place = place[key]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return schema


@pytest.mark.parametrize(
    ("path", "value", "reasons"),
    [
        ("properties/counted", GONE, ["counted is gone"]),
        ("properties/school/type", "integer", ["school changed its type"]),
        ("properties/school/maxLength", 31, ["school changed its maxLength"]),
        ("properties/school/maxLength", GONE, ["school changed its maxLength"]),
        ("properties/school/pattern", "^a", ["school changed its pattern"]),
        ("properties/kind/enum", ["fee"], ["kind changed its enum"]),
        ("properties/kind/enum", ["fee", "papers", "other"], ["kind changed its enum"]),
        ("properties/kind/enum", GONE, ["kind changed its enum"]),
        (
            "properties/due_on",
            {"type": "string"},
            ["due_on changed its anyOf", "due_on changed its type"],
        ),
        ("properties/due_on/anyOf", [{"type": "null"}], ["due_on changed"]),
        ("properties/counted/default", 1, ["counted changed its default"]),
        ("properties/period", {"type": "string"}, ["period.year is gone"]),
        ("properties/words", {"type": "object"}, ["words changed its additionalProperties"]),
        ("$defs/Words/additionalProperties/type", "integer", ["words changed its type"]),
        ("required", ["kind"], ["school may be absent now"]),
        (
            "required",
            [*RELEASED["required"], "counted"],
            ["counted is required now"],
        ),
        ("$defs/Period/properties/year", GONE, ["period.year is gone", "former.year is gone"]),
        ("$defs/Period/properties/title", GONE, ["period.title is gone", "former.title is gone"]),
        ("properties/period/default", {}, ["period changed its default"]),
        ("additionalProperties", False, ["the whole changed its additionalProperties"]),
    ],
)
def test_a_breaking_change_is_named(path: str, value: object, reasons: list[str]) -> None:
    told = breaks(RELEASED, changed(path, value))
    assert [reason for reason in reasons if reason not in told] == []


def test_a_new_field_needs_a_default_in_whatever_it_is() -> None:
    new = changed("properties/weather", {"type": "string"})
    new["required"] = [*new["required"], "weather"]
    assert breaks(RELEASED, new) == ["weather is new and has no default"]
    deep = changed("$defs/Period/properties/days", {"type": "integer"})
    deep["$defs"]["Period"]["required"] = ["year", "title", "days"]
    assert breaks(RELEASED, deep) == [
        "period.days is new and has no default",
        "former.days is new and has no default",
    ]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("properties/weather", {"type": "string", "default": "sun"}),
        ("$defs/Period/properties/days", {"type": "integer", "default": 0}),
        ("properties/school/description", "better words"),
        ("$defs/Period/description", "better words"),
        ("$defs/New", {"type": "string"}),
        ("properties/kind/enum", ["papers", "fee"]),
        ("properties/period", RELEASED["$defs"]["Period"]),
    ],
)
def test_an_additive_change_passes(path: str, value: object) -> None:
    assert breaks(RELEASED, changed(path, value)) == []
