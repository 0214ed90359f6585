"""Each kind of breaking change, done to each message that is released, is refused."""

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts import releases
from contracts.additive import Schema

FIRST = releases.released(Path("services/contracts/released"))[1]
Edit = Callable[[Schema], Schema]
Place = tuple[Any, ...]
MESSAGES = sorted(name for name in FIRST if name != releases.OPENAPI)


def schemas_in(place: Any, path: Place = ()) -> Iterator[tuple[Place, Schema]]:
    """Every part of a document that may be a schema, with the path that leads to it."""
    if isinstance(place, dict):
        yield path, place
    inner = place.items() if isinstance(place, dict) else enumerate(place)
    for key, value in inner:
        if isinstance(value, dict | list):
            yield from schemas_in(value, (*path, key))


def objects(name: str) -> list[tuple[Place, Schema]]:
    """The schemas of a released document that have fields."""
    found = [
        (path, schema)
        for path, schema in schemas_in(FIRST[name])
        if schema.get("type") == "object" and schema.get("properties")
    ]
    assert found
    return found


def enums(name: str) -> list[Place]:
    """The places of a released document where values are listed."""
    return [p for p, schema in schemas_in(FIRST[name]) if isinstance(schema.get("enum"), list)]


def edited(place: Any, path: Place, edit: Edit) -> Any:
    """A document with one schema of it edited; the document itself stays as it is."""
    if not path:
        return edit(place)
    copied = copy.copy(place)
    copied[path[0]] = edited(place[path[0]], path[1:], edit)
    return copied


def told(name: str, document: Schema) -> list[str]:
    """What is said when this follows the released document, without the words that begin it."""
    reasons = releases.broken({name: document}, {1: {name: FIRST[name]}})
    return [reason.removeprefix(f"{name}, released in 1: ") for reason in reasons]


def remove(schema: Schema) -> Schema:
    return schema | {"properties": {}, "required": []}


def rename(schema: Schema) -> Schema:
    fields = {f"new_{name}": field for name, field in schema["properties"].items()}
    return schema | {"properties": fields, "required": []}


def retype(schema: Schema) -> Schema:
    other = {"type": "array", "items": {"type": "null"}}
    return schema | {"properties": dict.fromkeys(schema["properties"], other)}


def add(schema: Schema) -> Schema:
    needed = [*schema.get("required", ()), "of_tomorrow"]
    return add_with_default(schema) | {"required": needed}


def add_with_default(schema: Schema) -> Schema:
    field = {"of_tomorrow": {"type": "string", "default": "x"}}
    return schema | {"properties": schema["properties"] | field}


def narrow(schema: Schema) -> Schema:
    return schema | {"enum": schema["enum"][1:]}


def widen(schema: Schema) -> Schema:
    return schema | {"enum": [*schema["enum"], "of_tomorrow"]}


@pytest.mark.parametrize("name", sorted(FIRST))
@pytest.mark.parametrize(
    ("kind", "words"), [(remove, "is gone"), (rename, "is gone"), (retype, "changed")]
)
def test_no_field_may_go_change_its_name_or_its_type(name: str, kind: Edit, words: str) -> None:
    for path, schema in objects(name):
        reasons = told(name, edited(FIRST[name], path, kind))
        for field in schema["properties"]:
            named = re.compile(rf"(^|[ .]){re.escape(field)} {words}")
            assert any(map(named.search, reasons)), (*path, field)


@pytest.mark.parametrize("name", MESSAGES)
def test_no_message_may_get_a_field_that_older_ones_lack(name: str) -> None:
    for path, _ in objects(name):
        reasons = told(name, edited(FIRST[name], path, add))
        assert reasons, path
        assert all(reason.endswith("of_tomorrow is new and has no default") for reason in reasons)
        assert told(name, edited(FIRST[name], path, add_with_default)) == [], path


@pytest.mark.parametrize("name", sorted(FIRST))
def test_no_list_of_values_may_get_shorter_or_longer(name: str) -> None:
    for path in enums(name):
        for kind in (narrow, widen):
            reasons = told(name, edited(FIRST[name], path, kind))
            assert any(reason.endswith("changed its enum") for reason in reasons), path


def test_lists_of_values_are_looked_at() -> None:
    assert sum(len(enums(name)) for name in FIRST) > 100


# --- methods and operations ---------------------------------------------------------------------


def rest(edit: Callable[[Schema], object]) -> list[str]:
    """What is said to the REST interface when something of its paths is edited in place."""
    document = copy.deepcopy(FIRST[releases.OPENAPI])
    edit(document["paths"])
    return told(releases.OPENAPI, document)


@pytest.mark.parametrize("name", [name for name in MESSAGES if name.startswith("rpc/")])
def test_no_method_may_go(name: str) -> None:
    for method in FIRST[name]["methods"]:
        document = copy.deepcopy(FIRST[name])
        document["methods"]["of_tomorrow"] = document["methods"].pop(method)
        assert told(name, document) == [f"{method} is gone"]


def without(key: str) -> Edit:
    return lambda place: {one: value for one, value in place.items() if one != key}


def test_no_operation_may_go() -> None:
    document = FIRST[releases.OPENAPI]
    for path, item in document["paths"].items():
        for method in item:
            fewer = edited(document, ("paths", path), without(method))
            assert told(releases.OPENAPI, fewer) == [f"{method.upper()} {path} is gone"]


LIST = "/api/v1/campaigns"


def parameter(paths: Schema, name: str) -> Schema:
    [found] = [one for one in paths[LIST]["get"]["parameters"] if one["name"] == name]
    return dict(found)


def test_parameters_may_come_but_not_be_asked_for_change_or_go() -> None:
    def with_parameters(*some: Schema) -> list[str]:
        return rest(lambda paths: paths[LIST]["get"]["parameters"].extend(some))

    optional = {"in": "query", "name": "of_tomorrow", "schema": {"type": "string"}}
    assert with_parameters(optional) == []
    needed = optional | {"required": True}
    assert with_parameters(needed) == [f"GET {LIST} query of_tomorrow is new and required"]
    paths = FIRST[releases.OPENAPI]["paths"]
    form = parameter(paths, "form")
    assert with_parameters(form | {"required": True}) == [f"GET {LIST} query form is required now"]
    assert with_parameters(form | {"schema": {"type": "integer"}}) != []
    gone = [one for one in paths[LIST]["get"]["parameters"] if one["name"] != "form"]
    assert rest(lambda paths: paths[LIST]["get"].update(parameters=gone)) == [
        f"GET {LIST} query form is gone"
    ]


def test_a_body_an_answer_and_free_access_stay() -> None:
    def closing(paths: Schema) -> Schema:
        operation: Schema = paths[f"{LIST}/{{campaign_id}}/close"]["post"]
        return operation

    at = f"POST {LIST}/{{campaign_id}}/close"
    assert rest(lambda paths: closing(paths).pop("requestBody")) == [
        f"{at} body as application/json is gone"
    ]
    assert rest(lambda paths: closing(paths)["responses"].pop("200")) == [f"{at} 200 is gone"]
    get = FIRST[releases.OPENAPI]["paths"][LIST]["get"]
    assert "requestBody" not in get
    asking = {"required": True, "content": {}}
    assert rest(lambda paths: paths[LIST]["get"].update(requestBody=asking)) == [
        f"GET {LIST} body is required now"
    ]
    public = "/api/v1/public/campaigns/{slug}"
    assert rest(lambda paths: paths[public]["get"].update(security=[{"session": []}])) == [
        f"GET {public} asks for an account now"
    ]


def test_answers_and_operations_may_be_more() -> None:
    def more(paths: Schema) -> None:
        paths["/api/v1/weather"] = paths[LIST]
        paths[LIST]["delete"] = paths[LIST]["get"]
        paths[LIST]["get"]["responses"]["202"] = {"description": "later"}

    assert rest(more) == []
    shapes = ("components", "schemas")
    document = FIRST[releases.OPENAPI]
    assert told(releases.OPENAPI, edited(document, (*shapes, "Campaigns"), add)) == []
    assert told(releases.OPENAPI, edited(document, (*shapes, "CreateCampaign"), add)) == [
        f"POST {LIST} body.of_tomorrow is new and has no default"
    ]
