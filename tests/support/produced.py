"""Holds services to their contracts: what they wrote into `events` follows the schemas."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema_rs import Draft202012Validator
from sqlalchemy import Engine, create_engine, select, text

from contracts import releases, schemas
from deploy.local.postgres import Database
from messaging.relay import wire_of
from messaging.tables import events

CONTRACTS: Final = Path(__file__).parents[2] / "services" / "contracts"


def check_events(database: Database) -> int:
    """Validate each event of a service's database as it is published; returns how many there were.

    It follows every release, and holds nothing that the draft doesn't know. Raises
    `AssertionError` with the event's name and the path of what is wrong. A database in which no
    service made its tables has no events.
    """
    engine = create_engine(database.psycopg)
    try:
        return check_events_of(engine)
    finally:
        engine.dispose()


def check_events_of(engine: Engine) -> int:
    """Do the same over an engine that there is already."""
    with engine.connect() as connection:
        if connection.execute(text("SELECT to_regclass('events')")).scalar() is None:
            return 0
        rows = connection.execute(select(events)).mappings().all()
    wrong = {reason for row in rows for reason in _mistakes(json.loads(wire_of(row)))}
    assert not wrong, "\n".join(sorted(wrong))
    return len(rows)


def _mistakes(envelope: dict[str, Any]) -> Iterator[str]:
    name = envelope["type"]
    for whose, path, message in (
        (f"{name}, its envelope", "envelope.json", envelope),
        (name, schemas.event_path(name), envelope["data"]),
    ):
        for validator in _validators(path):
            for error in validator.iter_errors(message):
                place = "".join(f"/{step}" for step in error.instance_path)
                yield f"{whose}: {place or '/'}: {error.message}"


@cache
def _validators(path: str) -> tuple[Draft202012Validator, ...]:
    """Return what a message has to follow: strictly the draft, and each release that has it.

    Releases that say the same of it are asked once.
    """
    released = releases.released(CONTRACTS / "released").values()
    draft = schemas.read(CONTRACTS / "schemas")[path]
    different: list[Any] = []
    for schema in (_strict(draft), *(one[path] for one in released if path in one)):
        if schema not in different:
            different.append(schema)
    return tuple(Draft202012Validator(schema, validate_formats=True) for schema in different)


def _strict(schema: Any) -> Any:
    """Return a schema that takes no field which it doesn't name."""
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _strict(value) for key, value in schema.items()}
    if closed.get("type") == "object" and "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed
