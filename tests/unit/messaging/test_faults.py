from typing import Any

import psycopg
import psycopg2
import pytest
from sqlalchemy import exc

from messaging.faults import describe, is_collision, is_outage


def wrapped(kind: type[exc.DBAPIError], state: str | None, **values: Any) -> exc.DBAPIError:
    original = psycopg.Error("broken")
    original.sqlstate = state
    return kind("SELECT :secret", {"secret": "Nguyễn"}, original, **values)


@pytest.mark.parametrize("state", ["08006", "53300", "57P01", "57P03", "25006", None])
def test_a_lost_connection_is_an_outage(state: str | None) -> None:
    assert is_outage(wrapped(exc.OperationalError, state))


def test_a_full_pool_is_an_outage() -> None:
    assert is_outage(exc.TimeoutError("QueuePool limit"))


def test_what_the_driver_lost_is_an_outage_whatever_it_is_called() -> None:
    assert is_outage(wrapped(exc.DatabaseError, "XX000", connection_invalidated=True))


def test_an_outage_beneath_a_handlers_error_is_seen() -> None:
    error = ValueError("could not count")
    error.__cause__ = wrapped(exc.OperationalError, "57P01")
    assert is_outage(error)


@pytest.mark.parametrize("state", ["57014", "55P03", "23505", "40P01"])
def test_a_statements_own_fault_is_no_outage(state: str) -> None:
    assert not is_outage(wrapped(exc.OperationalError, state))


@pytest.mark.parametrize(
    ("state", "collides"), [("40P01", True), ("40001", True), ("23505", False)]
)
def test_deadlock_and_serialization_failure_collide(state: str, collides: bool) -> None:
    assert is_collision(wrapped(exc.OperationalError, state)) is collides


def test_an_error_of_the_handler_is_neither() -> None:
    assert not is_outage(ValueError("no"))
    assert not is_collision(ValueError("no"))
    assert not is_outage(ConnectionError("somebody else's server"))


def test_psycopg2_names_its_states_otherwise() -> None:
    class Deadlock(psycopg2.Error):
        pgcode = "40P01"

    assert is_collision(exc.OperationalError("UPDATE", {}, Deadlock()))


def test_the_description_has_no_parameters() -> None:
    assert "Nguyễn" not in describe(wrapped(exc.OperationalError, None))
    assert describe(KeyError("x")) == "KeyError: 'x'"
