"""State that is counted in the database: size and age of the outbox, unfinished reactions."""

from sqlalchemy import Engine, func, select

from messaging import metrics
from messaging.tables import PARKED, RETRYING, outbox, reactions

_OUTBOX = select(
    func.count(),
    func.coalesce(func.extract("epoch", func.clock_timestamp() - func.min(outbox.c.created_at)), 0),
)
_REACTIONS = (
    select(reactions.c.type, reactions.c.state, func.count())
    .where(reactions.c.state.in_((RETRYING, PARKED)))
    .group_by(reactions.c.type, reactions.c.state)
)


class Gauges:
    """Counts now and then; scraping reads the last count and costs no query."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def step(self) -> bool:
        """Count once; returns False: there is never more to do at once."""
        with self._engine.connect() as connection:
            size, age = connection.execute(_OUTBOX).one()
            unfinished = connection.execute(_REACTIONS).all()
        metrics.outbox_events.set(size)
        metrics.outbox_oldest_seconds.set(float(age))
        metrics.reactions.clear()
        for name, state, count in unfinished:
            metrics.reactions.labels(metrics.label(name), state).inc(count)
        return False
