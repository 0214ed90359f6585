"""`docs/asyncapi.json`, generated: `python -m contracts.asyncapi EXAMPLES > docs/asyncapi.json`.

One AsyncAPI 3.0 document of all services: a channel per event on the topic exchange, an operation
per service that tells or reacts, the envelope with each event's data as the payload.
"""

import json
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from contracts.envelope import Envelope
from contracts.events import CONSUMERS, EVENTS, Event
from contracts.events.registry import FAST_LANE

Json = dict[str, Any]
BINDING: Final = {"bindingVersion": "0.3.0"}
EXCHANGE: Final = {
    "name": "kipthoi.events",
    "type": "topic",
    "durable": True,
    "autoDelete": False,
}
ABOUT: Final = """\
What the services of Kịp Thời tell each other. Each event travels in a CloudEvents 1.0 envelope, is
delivered at least once, and takes effect once; order is not promised. New fields may come: readers
ignore what they don't know. A breaking change is a new event `…_v2` beside the old one."""
TRACE: Final = "The chain that the event belongs to: everything that follows from one first cause."


def render(examples: Path) -> str:
    """Return the document as JSON text; `examples` holds one envelope per event."""
    return json.dumps(document(examples), indent=2, ensure_ascii=False) + "\n"


def document(examples: Path) -> Json:
    """Return the document; `examples` holds one envelope per event."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:kipthoi:events",
        "info": {
            "title": "Kịp Thời: events",
            "version": "1.0.0",
            "description": ABOUT,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": {
            "broker": {
                "host": "{host}",
                "protocol": "amqp",
                "protocolVersion": "0.9.1",
                "description": "RabbitMQ; the address is each process's AMQP_URL.",
                "variables": {"host": {"default": "127.0.0.1:5672"}},
                "security": [{"$ref": "#/components/securitySchemes/account"}],
            }
        },
        "channels": {name: _channel(name) for name in EVENTS},
        "operations": dict(_operations()),
        "components": {
            "securitySchemes": {"account": {"type": "userPassword"}},
            "correlationIds": {
                "chain": {"location": "$message.payload#/correlationid", "description": TRACE}
            },
            "messages": {name: _message(event, examples) for name, event in EVENTS.items()},
            "schemas": _schemas(),
        },
    }


def _channel(name: str) -> Json:
    return {
        "address": name,
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": EXCHANGE, **BINDING}},
    }


def _operations() -> Iterator[tuple[str, Json]]:
    """Yield who tells and who reacts to each event; ids are service, verb and event."""
    for name, consumers in CONSUMERS.items():
        teller = name.partition(".")[0]
        sending = {"deliveryMode": 2, "mandatory": bool(consumers)}
        yield f"{teller}.tells.{name}", _operation("send", teller, name, sending)
        lane = "events.fast" if name in FAST_LANE else "events"
        for service in consumers:
            reaction = _operation("receive", service, name, {"ack": True})
            yield f"{service}.reacts_to.{name}", reaction | {"x-queue": f"{service}.{lane}"}


def _operation(action: str, service: str, name: str, binding: Json) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{name}"},
        "tags": [{"name": service}],
        "bindings": {"amqp": {**binding, **BINDING}},
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
    }


def _message(event: type[Event], examples: Path) -> Json:
    example = json.loads((examples / f"{event.name}.json").read_text(encoding="utf-8"))
    about = cleandoc(event.__doc__ or "")
    return {
        "name": event.name,
        "title": event.__name__,
        "summary": about.partition("\n")[0],
        "description": about,
        "contentType": "application/cloudevents+json",
        "correlationId": {"$ref": "#/components/correlationIds/chain"},
        "headers": {
            "type": "object",
            "properties": {
                "recorded_at": {
                    "type": "number",
                    "description": "When it was recorded, in seconds since 1970, real clock.",
                }
            },
        },
        "payload": {
            "allOf": [
                {"$ref": "#/components/schemas/Envelope"},
                {
                    "type": "object",
                    "properties": {
                        "type": {"const": event.name},
                        "data": {"$ref": f"#/components/schemas/{event.__name__}"},
                    },
                },
            ]
        },
        "bindings": {"amqp": {"messageType": event.name, **BINDING}},
        "examples": [{"name": event.__name__, "payload": example}],
    }


def _schemas() -> Json:
    """Return the envelope, every event's data and what they share, under their classes' names."""
    models = [(model, "serialization") for model in (Envelope, *EVENTS.values())]
    _, shared = models_json_schema(
        models,  # type: ignore[arg-type]  # a list of literals is inferred as a list of str
        ref_template="#/components/schemas/{model}",
    )
    schemas: Json = _draft_07(shared["$defs"])
    return dict(sorted(schemas.items()))


def _draft_07(schema: Any) -> Any:
    """Write tuples as AsyncAPI's schema language, a superset of JSON Schema draft 7, knows them."""
    if isinstance(schema, list):
        return [_draft_07(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    names = {"prefixItems": "items"} if "prefixItems" in schema else {}
    return {names.get(key, key): _draft_07(value) for key, value in schema.items()}


if __name__ == "__main__":
    sys.stdout.write(render(Path(sys.argv[1])))
