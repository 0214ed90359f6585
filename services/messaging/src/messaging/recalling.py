"""Events that a service has taken, read once more where they are kept, for what is made anew.

Taken is what took effect: its id lies in the inbox, and the ledger has nothing unfinished of it.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Connection, Engine, Select, Uuid, any_, func, literal, select, text

from messaging.arrivals import Undecodable, read
from messaging.relay import wire_of
from messaging.tables import DONE, events, inbox, reactions
from messaging.trace import Delivery

_IDS: Final = ARRAY(Uuid)
# A batch writes the inbox first, a retry holds the ledger while it runs. Who has both has no
# reaction under way, and the next ones wait before they have changed anything.
_HOLD: Final = (
    "LOCK TABLE inbox IN SHARE MODE",
    "LOCK TABLE reactions IN EXCLUSIVE MODE",
)


class Forgotten(Exception):
    """Events that were taken are kept nowhere any more, or can't be read: `ids`."""

    def __init__(self, ids: Sequence[UUID]) -> None:
        super().__init__(f"{len(ids)} events are kept nowhere")
        self.ids = tuple(ids)


def taken() -> Select[UUID]:
    """Return the query of the ids of all events that took effect."""
    unfinished = (
        select(reactions.c.event_id)
        .where(reactions.c.event_id == inbox.c.event_id, reactions.c.state != DONE)
        .exists()
    )
    return select(inbox.c.event_id).where(~unfinished)


def hold_still(connection: Connection, seconds: int) -> None:
    """Let no event take effect until this transaction ends; waits for those under way.

    Whoever reads or asks goes on. Raises SQLAlchemy's `OperationalError` after so many seconds.
    """
    connection.execute(select(func.set_config("lock_timeout", f"{seconds}s", True)))
    for statement in _HOLD:
        connection.execute(text(statement))


class Archive:
    """What the services told, in the databases of all that are asked."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = tuple(engines)

    def recall(self, ids: Sequence[UUID]) -> list[Delivery[Any]]:
        """Return these events as they were delivered; raises `Forgotten`."""
        missing = set(ids)
        found: list[Delivery[Any]] = []
        for engine in self._engines:
            if not missing:
                break
            with engine.connect() as connection:
                query = select(events).where(events.c.id == any_(literal(sorted(missing), _IDS)))
                for row in connection.execute(query).mappings():
                    try:
                        found.append(read(wire_of(row)))
                    except Undecodable:
                        continue  # what nobody can read stays among the missing
                    missing.discard(row["id"])
        if missing:
            raise Forgotten(sorted(missing))
        return found
