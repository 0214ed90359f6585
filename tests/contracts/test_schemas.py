"""A released schema stays as it is; what is written follows it."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from contracts import schemas
from contracts.envelope import Envelope
from contracts.events import CONSUMERS, EVENTS, event_class, events_for
from contracts.events.registry import SERVICES

CONTRACTS = Path("services/contracts")
NAMES = sorted(EVENTS)


def snapshot(name: str) -> schemas.Schema:
    loaded: schemas.Schema = json.loads(
        schemas.path_of(CONTRACTS / "schemas", name).read_text(encoding="utf-8")
    )
    return loaded


def example(name: str) -> Envelope:
    return Envelope.from_wire((CONTRACTS / "examples" / f"{name}.json").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_snapshot_is_what_the_code_says(name: str) -> None:
    assert snapshot(name) == schemas.schema_of(EVENTS[name]), "run `make docs`"


@pytest.mark.parametrize("name", NAMES)
def test_example_follows_its_schema_and_survives_a_round_trip(name: str) -> None:
    envelope = example(name)
    Draft202012Validator(snapshot(name)).validate(envelope.data)
    event = event_class(envelope.type).model_validate(envelope.data)
    assert envelope.type == name
    assert event.payload() == envelope.data
    assert envelope.subject == event.subject
    assert Envelope.from_wire(envelope.wire()) == envelope


@pytest.mark.parametrize("name", NAMES)
def test_reader_ignores_what_it_does_not_know(name: str) -> None:
    data = example(name).data
    known = event_class(name).model_validate(data)
    assert event_class(name).model_validate({**data, "of_tomorrow": {"x": 1}}) == known


def test_no_file_is_left_of_an_event_that_is_gone() -> None:
    for folder in ("schemas", "examples"):
        assert sorted(path.stem for path in (CONTRACTS / folder).glob("*.json")) == NAMES


def test_each_consumer_is_a_service_and_knows_its_events() -> None:
    for name, services in CONSUMERS.items():
        assert set(services) <= set(SERVICES)
        assert len(set(services)) == len(services)
        for service in services:
            assert name in events_for(service)
        assert name.split(".")[0] not in services, "a service doesn't listen to itself"


RELEASED: schemas.Schema = {
    "properties": {"school": {"type": "string"}, "due_on": {"type": "string", "format": "date"}},
    "$defs": {"Period": {"type": "object", "properties": {"year": {"type": "integer"}}}},
}


def changed(path: list[str], value: object) -> schemas.Schema:
    schema = copy.deepcopy(RELEASED)
    place = schema
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return schema


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (changed(["properties"], {"school": {"type": "string"}}), "field due_on is gone"),
        (changed(["properties", "school"], {"type": "integer"}), "field school changed its type"),
        (changed(["properties", "kind"], {"type": "string"}), "new field kind has no default"),
        (changed(["$defs", "Period"], {"type": "string"}), "definition Period changed"),
    ],
)
def test_breaking_change_is_named(new: schemas.Schema, why: str) -> None:
    assert schemas.breaks(RELEASED, new) == [why]


@pytest.mark.parametrize(
    "new",
    [
        changed(["properties", "kind"], {"type": "string", "default": "x"}),
        changed(["properties", "school"], {"type": "string", "description": "better words"}),
    ],
)
def test_additive_change_passes(new: schemas.Schema) -> None:
    assert schemas.breaks(RELEASED, new) == []


def test_writing_snapshots_refuses_a_breaking_change(tmp_path: Path) -> None:
    schemas.write(tmp_path)
    path = schemas.path_of(tmp_path, "surveys.response_submitted")
    released = json.loads(path.read_text(encoding="utf-8"))
    released["properties"]["weather"] = {"type": "string"}
    path.write_text(json.dumps(released), encoding="utf-8")
    with pytest.raises(SystemExit, match="field weather is gone"):
        schemas.write(tmp_path)
