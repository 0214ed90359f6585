"""The AsyncAPI document is valid, is the generated one, and says what the broker really has."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft7Validator, meta, validator_for

from contracts import asyncapi
from contracts.events import EVENTS, consumers_of, events_for
from contracts.events.registry import SERVICES
from messaging import topology

EXAMPLES = Path("services/contracts/examples")
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
OFFICIAL = Path(__file__).with_name("asyncapi") / "3.0.0.json.gz"
DOCUMENT = asyncapi.document(EXAMPLES)


def at(pointer: str) -> Any:
    """What a local reference leads to."""
    place: Any = DOCUMENT
    for key in pointer.removeprefix("#/").split("/"):
        place = place[key]
    return place


def references(place: Any) -> Iterator[str]:
    if isinstance(place, dict):
        if "$ref" in place:
            yield place["$ref"]
        for value in place.values():
            yield from references(value)
    elif isinstance(place, list):
        for value in place:
            yield from references(value)


def official() -> Any:
    return validator_for(json.loads(gzip.decompress(OFFICIAL.read_bytes())))


def test_the_committed_document_is_the_generated_one() -> None:
    written = Path("docs/asyncapi.json").read_text(encoding="utf-8")
    assert written == asyncapi.render(EXAMPLES), "run `make docs`"


def test_it_follows_the_official_schema() -> None:
    wrong = [
        f"{error.instance_path}: {error.message}" for error in official().iter_errors(DOCUMENT)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("operations", {"reports.reacts": {"action": "listen", "channel": {"$ref": "#/x"}}}),
        ("channels", {"x": {"address": "x", "bindings": {"amqp": {"is": "mailbox"}}}}),
        ("servers", {"broker": {"host": "127.0.0.1"}}),
    ],
)
def test_the_official_schema_would_tell_a_mistake(part: str, wrong: object) -> None:
    assert not official().is_valid(DOCUMENT | {part: wrong})


def test_every_reference_leads_somewhere() -> None:
    found = set(references(DOCUMENT))
    assert len(found) > len(EVENTS)
    for pointer in found:
        assert pointer.startswith("#/")
        assert at(pointer)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_an_event_s_example_follows_its_payload_and_another_s_does_not(name: str) -> None:
    payload = {**at(f"#/components/messages/{name}")["payload"], "components": at("#/components")}
    meta.validate({"$schema": DRAFT_7, **payload})
    judge = Draft7Validator(payload)
    for other in EVENTS:
        [example] = at(f"#/components/messages/{other}")["examples"]
        assert judge.is_valid(example["payload"]) is (other == name), other


@pytest.mark.parametrize("counts", [[1, 2, 3, 4], [1, 2, 3, 4, "five"], [1, 2, 3, 4, 5, 6]])
def test_the_length_and_the_items_of_a_tuple_are_judged(counts: list[object]) -> None:
    message = at("#/components/messages/surveys.campaign_closed")
    [example] = json.loads(json.dumps(message["examples"]))
    judge = Draft7Validator({**message["payload"], "components": at("#/components")})
    assert judge.is_valid(example["payload"])
    example["payload"]["data"]["overall"]["counts"] = counts
    assert not judge.is_valid(example["payload"])


def test_operations_are_contracts_table_on_the_broker_s_own_names() -> None:
    receiving: dict[str, set[tuple[str, str]]] = {service: set() for service in SERVICES}
    for name, operation in DOCUMENT["operations"].items():
        service, _, event = name.split(".", 2)
        channel = at(operation["channel"]["$ref"])
        assert channel["address"] == event
        assert channel["bindings"]["amqp"]["exchange"]["name"] == topology.EXCHANGE
        if operation["action"] == "send":
            assert event.startswith(f"{service}.")
            assert operation["bindings"]["amqp"]["mandatory"] is bool(consumers_of(event))
        else:
            receiving[service].add((event, operation["x-queue"]))
    for service, found in receiving.items():
        listed = {(event, topology.queue_for(service, event)) for event in events_for(service)}
        assert found == listed
    sent = [name for name, one in DOCUMENT["operations"].items() if one["action"] == "send"]
    assert len(sent) == len(EVENTS)
