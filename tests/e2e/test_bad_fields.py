"""One field of a good command spoilt at a time, on the real services: refused in order, never 500.

The fields come from the OpenAPI document, so that a new one is tried without being named here.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

import pytest

from deploy.local.folder import REPOSITORY
from tests.component.gateway.test_bad_input import must_be_a_problem
from tests.support.commands import COMMANDS
from tests.support.commands.given import Given
from tests.support.place import Json, Place

pytestmark = pytest.mark.xdist_group("real")

Step = str | int
# The committed one, which is the generated one (see test_releases) and takes no second to make.
DOCUMENT: Final[Json] = json.loads((REPOSITORY / "docs" / "openapi.json").read_text())
# What no field takes, whatever its type.
NEVER: Final[dict[str, Any]] = {
    "object": {"a": {"b": 1}},
    "list of lists": [[[]]],
    "half a letter": "\ud800",
    "nul": "a\x00b",
    "too long": "x" * 60_000,
    "huge number": 10**400,
}
# What some take.
SOMETIMES: Final[dict[str, Any]] = {
    "null": None,
    "nothing": "",
    "blank": " \n",
    "list": [],
    "true": True,
    "negative": -1,
    "wide number": 2**63,
    "fraction": 1.5,
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "no day": "2024-02-30",
    "moment": "2024-02-03T04:05:06Z",
    "words": "khong/co ' or 1=1 --",
}


def schema_of(reference: Json) -> Json:
    """Return the object that a schema means: by reference, or as the choice that is one."""
    for choice in (reference, *reference.get("anyOf", ())):
        if "$ref" in choice:
            name = choice["$ref"].rpartition("/")[2]
            found: Json = DOCUMENT["components"]["schemas"][name]
            return found
    return reference


def fields(schema: Json, body: Any, at: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Yield the way to each field of a schema, into objects and lists as the body has them."""
    schema = schema_of(schema)
    for name, inner in schema.get("properties", {}).items():
        way = (*at, name)
        yield way
        value = body.get(name) if isinstance(body, dict) else None
        if isinstance(value, dict):
            yield from fields(inner, value, way)
        elif isinstance(value, list) and value:
            yield (*way, 0)
            yield from fields(schema_of(inner).get("items", {}), value[0], (*way, 0))


def spoilt(body: Json, way: tuple[Step, ...], value: Any) -> Json:
    """Return a copy of a body with another value at one place."""
    copy = deepcopy(body)
    place: Any = copy
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    return copy


def ways(route: str, body: Json) -> list[tuple[Step, ...]]:
    """Return the ways to all fields of a route's body."""
    method, _, path = route.partition(" ")
    operation = DOCUMENT["paths"][path][method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    return list(fields(content.get("application/json", {}).get("schema", {}), body))


WITH_BODY: Final = [
    route
    for route in COMMANDS
    if "requestBody" in DOCUMENT["paths"][route.partition(" ")[2]][route.partition(" ")[0].lower()]
]


def send(place: Place, route: str, given: Given, body: Json) -> Any:
    """Give a command with another body; surrogates are written as JSON can write them."""
    token = place.token(COMMANDS[route].role) if given.token is None else given.token
    headers = {"Content-Type": "application/json"}
    return place.ask(route, token, given.path, content=json.dumps(body), headers=headers)


@pytest.mark.parametrize("route", WITH_BODY)
def test_one_spoilt_field(own: Place, route: str) -> None:
    make = COMMANDS[route].make
    given = make(own)
    tried = ways(route, given.body)
    assert {way[0] for way in tried} >= set(given.body), "the document knows every field"
    for way in tried:
        for name, value in (NEVER | SOMETIMES).items():
            response = send(own, route, given, spoilt(given.body, way, value))
            must_be_a_problem(response)
            if name in NEVER:
                assert response.status_code in {400, 413, 422}, (way, name, response.text)
            if response.is_success:
                given = make(own)  # what it was about is not as it was any more
    given = make(own)
    assert send(own, route, given, given.body).is_success, "the body was good"


def test_the_fields_of_a_plan_are_found_down_to_the_last() -> None:
    body = {"title": "x", "targets": [{"code": "a"}], "duties": [{"unit": "u", "tasks": ["t"]}]}
    found = ways("PUT /api/v1/schools/{school}/plans/{year}", body)
    assert ("targets", 0, "value") in found
    assert ("duties", 0, "tasks", 0) in found
    assert ("recipients",) in found
