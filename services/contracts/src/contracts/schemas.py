"""JSON Schema of all that services say to each other, as the code has it now: the draft.

`python -m contracts.schemas FOLDER` writes it: `envelope.json`, a file per event in `events/`, a
file per service that answers in `rpc/`. What of it is released, `contracts.releases` keeps.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from contracts.additive import Schema
from contracts.envelope import Envelope
from contracts.events import EVENTS
from contracts.model import Model
from contracts.rpc.base import Call, Reply
from contracts.rpc.registry import METHODS

# All models are described as they are written.
WRITTEN: Final = "serialization"
Documents = dict[str, Schema]


def documents() -> Documents:
    """Return each document under its path in the folder."""
    found = {"envelope.json": schema_of(Envelope, "envelope")}
    found |= {event_path(name): schema_of(event, name) for name, event in EVENTS.items()}
    found |= {f"rpc/{service}.json": _interface_of(service) for service in METHODS}
    return found


def event_path(name: str) -> str:
    """Return the path of an event's document."""
    return f"events/{name}.json"


def schema_of(model: type[Model], name: str) -> Schema:
    """Return the JSON Schema of a message."""
    return model.model_json_schema(mode=WRITTEN) | {"$id": name}


def _interface_of(service: str) -> Schema:
    """Return what a service answers: the context of a call, each request and reply, all shapes."""
    methods = METHODS[service]
    models: list[type[Model]] = [Call, Reply, *(one for pair in methods.values() for one in pair)]
    places, shared = models_json_schema([(model, WRITTEN) for model in dict.fromkeys(models)])

    def place(model: type[Model]) -> Any:
        return places[model, WRITTEN]

    return {
        "$defs": shared["$defs"],
        "context": place(Call),
        "answer": place(Reply),
        "methods": {
            name: {"request": place(request), "reply": place(reply)}
            for name, (request, reply) in methods.items()
        },
    }


def render(document: Schema) -> str:
    """Return a document as the text of its file."""
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def read(folder: Path) -> Documents:
    """Return the documents that stand in a folder, under their paths in it."""
    return {
        path.relative_to(folder).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.json"))
    }


def write(folder: Path, these: Documents) -> None:
    """Let the folder hold these documents and no other."""
    for path in folder.rglob("*.json"):
        path.unlink()
    for name, document in these.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(document), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), documents())
