"""JSON Schema snapshots of the events, and what may change in them.

`python -m contracts.schemas FOLDER` writes the snapshots; it refuses a change that would break a
reader or a writer of the released form. A breaking change is a new event `…_v2`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from contracts.events import EVENTS, Event

Schema = dict[str, Any]


def schema_of(event: type[Event]) -> Schema:
    """Return the JSON Schema of an event's data, as it is written."""
    schema = event.model_json_schema(mode="serialization")
    schema["$id"] = event.name
    return schema


def breaks(old: Schema, new: Schema) -> list[str]:
    """Return why `new` can't follow `old`; empty when the change is additive.

    Additive is: a new field with a default, another description. All else breaks somebody.
    """
    reasons = [
        f"definition {name} changed"
        for name, shape in old.get("$defs", {}).items()
        if _bare(new.get("$defs", {}).get(name)) != _bare(shape)
    ]
    fields = new.get("properties", {})
    for name, shape in old.get("properties", {}).items():
        if name not in fields:
            reasons.append(f"field {name} is gone")
        elif _bare(fields[name]) != _bare(shape):
            reasons.append(f"field {name} changed its type")
    reasons += [
        f"new field {name} has no default"
        for name in fields
        if name not in old.get("properties", {}) and "default" not in fields[name]
    ]
    return reasons


def _bare(shape: Any) -> Any:
    """Drop what no program reads."""
    if isinstance(shape, dict):
        return {k: _bare(v) for k, v in shape.items() if k not in {"description", "title"}}
    if isinstance(shape, list):
        return [_bare(item) for item in shape]
    return shape


def path_of(folder: Path, name: str) -> Path:
    """Return where the snapshot of an event stands."""
    return folder / f"{name}.json"


def render(schema: Schema) -> str:
    """Return a schema as the text of its snapshot."""
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write(folder: Path) -> None:
    """Write all snapshots; raises `SystemExit` with the reasons when a released one breaks."""
    for name, event in EVENTS.items():
        path, schema = path_of(folder, name), schema_of(event)
        if path.exists():
            reasons = breaks(json.loads(path.read_text(encoding="utf-8")), schema)
            if reasons:
                raise SystemExit(f"{name} is released and would break: {'; '.join(reasons)}")
        path.write_text(render(schema), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
