"""Trying again what failed: one reaction at a time, each with its attempt counted first."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine

from messaging import metrics
from messaging.arrivals import Undecodable, read
from messaging.faults import DatabaseAway, describe
from messaging.handlers import Handlers, Permanent
from messaging.ledger import Claim, claim, give_back, hold, postpone, settle
from messaging.reacting import attempt, complain, observe, react
from messaging.settings import RetryPolicy
from messaging.tables import DONE, PARKED
from messaging.trace import Delivery


class Retries:
    """The sweep over the ledger. Any number of processes may sweep one ledger."""

    def __init__(self, engine: Engine, handlers: Handlers, retry: RetryPolicy) -> None:
        self._engine = engine
        self._handlers = handlers
        self._retry = retry
        self._unfinished: Claim | None = None

    def step(self) -> bool:
        """Try the reaction that is due longest; return whether there was one.

        Raises `DatabaseAway`; the attempt is given back when the database is there again.
        """
        if self._unfinished is not None:
            with self._engine.begin() as connection:
                give_back(connection, self._unfinished)
            self._unfinished = None
        with self._engine.begin() as connection:
            claimed = claim(connection, self._retry)
        if claimed is None:
            return False
        if claimed.attempts > self._retry.attempts:
            # Its last attempt ended the process, or it would be settled.
            self._park(claimed, "crashed", "the process ended during the last attempt")
            return True
        try:
            self._try(claimed)
        except DatabaseAway:
            self._unfinished = claimed
            raise
        return True

    def _try(self, claimed: Claim) -> None:
        held = False
        delivery: Delivery[Any] | None = None

        def effect(connection: Connection) -> None:
            nonlocal held, delivery
            held = hold(connection, claimed)
            if held:
                delivery = read(claimed.body)
                react(connection, self._handlers, [delivery])
                settle(connection, claimed, DONE)

        metrics.retries.labels(metrics.label(claimed.type)).inc()
        failure = attempt(self._engine, effect)
        if failure is not None and delivery is not None:
            complain(delivery, failure)
        if failure is None:
            if held and delivery is not None:
                observe(delivery, claimed.recorded_at)
        elif isinstance(failure, Permanent):
            self._park(claimed, f"permanent.{failure.code}", "")
        elif isinstance(failure, Undecodable):
            self._park(claimed, "undecodable", str(failure))
        elif claimed.attempts >= self._retry.attempts:
            self._park(claimed, "failed", describe(failure))
        else:
            self._settle(lambda connection: postpone(connection, claimed, describe(failure)))

    def _park(self, claimed: Claim, reason: str, error: str) -> None:
        attempts = min(claimed.attempts, self._retry.attempts)
        self._settle(
            lambda connection: settle(
                connection, claimed, PARKED, reason=reason, error=error, attempts=attempts
            )
        )
        name, label = metrics.label(claimed.type), reason.partition(".")[0]
        metrics.parked.labels(name, label).inc()

    def _settle(self, change: Callable[[Connection], None]) -> None:
        with self._engine.begin() as connection:
            change(connection)
