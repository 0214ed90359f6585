from collections.abc import Sequence
from typing import Any
from unittest.mock import MagicMock
from uuid import uuid4

import pytest

from contracts.events import Event, event_class, events_for
from contracts.events.directory import SchoolChanged, SchoolClosed
from contracts.events.surveys import ResponseSubmitted
from messaging import Delivery, Handlers, RetryPolicy
from tests.component.messaging.running import answers


def nothing(_connection: Any, _delivery: Delivery[Event]) -> None:
    """Do nothing."""


def test_the_handlers_are_exactly_those_of_the_table() -> None:
    handlers = Handlers("surveys")
    names = events_for("surveys")
    for name in names[1:]:
        handlers.on(event_class(name))(nothing)
    with pytest.raises(ValueError, match=rf"missing.*{names[0]}"):
        handlers.check()
    handlers.on(event_class(names[0]))(nothing)
    handlers.check()
    handlers.on(ResponseSubmitted)(nothing)
    with pytest.raises(ValueError, match=r"not in contracts' table.*response_submitted"):
        handlers.check()


def test_an_event_has_one_handler() -> None:
    handlers = Handlers("surveys")
    handlers.on(SchoolChanged)(nothing)
    with pytest.raises(ValueError, match="already"):
        handlers.on(SchoolChanged)(nothing)
    assert handlers.find(SchoolClosed.name) is None


def test_a_single_handler_gets_one_by_one_a_batch_handler_all() -> None:
    handlers = Handlers("reports")
    singles: list[object] = []
    batches: list[int] = []

    @handlers.on(SchoolChanged)
    def one(_connection: Any, delivery: Delivery[SchoolChanged]) -> None:
        singles.append(delivery)

    @handlers.on_batch(ResponseSubmitted)
    def many(_connection: Any, deliveries: Sequence[Delivery[ResponseSubmitted]]) -> None:
        batches.append(len(deliveries))

    deliveries = [Delivery(event, MagicMock(id=uuid4())) for event in answers("a", 3)]
    for event_type in (SchoolChanged, ResponseSubmitted):
        handler = handlers.find(event_type.name)
        assert handler is not None
        handler.run(MagicMock(), deliveries)
    assert (singles, batches) == (deliveries, [3])


def test_waiting_grows_up_to_a_limit() -> None:
    policy = RetryPolicy(first=2, factor=4, longest=100)
    assert [policy.delay(n) for n in (1, 2, 3, 4, 5)] == [2, 8, 32, 100, 100]
