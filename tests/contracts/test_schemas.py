"""The draft is what the code says, and the examples follow it."""

from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator, meta

from contracts import schemas
from contracts.envelope import Envelope
from contracts.events import CONSUMERS, EVENTS, event_class, events_for
from contracts.events.registry import SERVICES

CONTRACTS = Path("services/contracts")
NAMES = sorted(EVENTS)
DRAFT = schemas.read(CONTRACTS / "schemas")


def example(name: str) -> Envelope:
    return Envelope.from_wire((CONTRACTS / "examples" / f"{name}.json").read_bytes())


def test_the_draft_is_what_the_code_says() -> None:
    said = schemas.documents()
    assert DRAFT.keys() == said.keys(), "run `make docs`"
    assert [path for path in said if DRAFT[path] != said[path]] == [], "run `make docs`"


@pytest.mark.parametrize("path", sorted(DRAFT))
def test_each_shape_is_a_json_schema(path: str) -> None:
    shapes = [DRAFT[path]] if "rpc/" not in path else list(DRAFT[path]["$defs"].values())
    assert shapes
    for shape in shapes:
        meta.validate(shape)


@pytest.mark.parametrize("name", NAMES)
def test_example_follows_its_schema_and_survives_a_round_trip(name: str) -> None:
    envelope = example(name)
    Draft202012Validator(DRAFT[schemas.event_path(name)]).validate(envelope.data)
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
    assert sorted(path.stem for path in (CONTRACTS / "examples").glob("*.json")) == NAMES


def test_each_consumer_is_a_service_and_knows_its_events() -> None:
    for name, services in CONSUMERS.items():
        assert set(services) <= set(SERVICES)
        assert len(set(services)) == len(services)
        for service in services:
            assert name in events_for(service)
        assert name.split(".")[0] not in services, "a service doesn't listen to itself"
