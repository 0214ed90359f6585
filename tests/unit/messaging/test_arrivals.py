import math
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.envelope import Envelope
from contracts.events import Event
from messaging import Trace
from messaging.arrivals import Arrival, Undecodable, read
from tests.component.messaging.running import NOW, changed


@given(st.binary(max_size=200) | st.text().map(str.encode) | st.just(b"[" * 100_000))
def test_no_body_makes_reading_fail_in_another_way(body: bytes) -> None:
    with pytest.raises(Undecodable) as caught:
        read(body)
    with pytest.raises(Undecodable) as again:
        read(body)
    assert caught.value.event_id == again.value.event_id


@pytest.mark.parametrize("stamp", [None, math.nan, math.inf, 1e300])
def test_an_impossible_time_is_none(stamp: float | None) -> None:
    assert Arrival(b"", stamp).moment is None


def kept(event: Event, subject: str | None) -> Envelope:
    return Envelope(
        id=uuid4(),
        source="/kipthoi/directory",
        type=event.name,
        time=NOW,
        subject=subject,
        correlationid=uuid4(),
        data=event.payload(),
    )


@pytest.mark.parametrize("subject", [None, "b"])
def test_an_event_about_another_school_than_it_says_is_none(subject: str | None) -> None:
    with pytest.raises(Undecodable, match="subject"):
        read(kept(changed("a", 1), subject).wire())


def test_a_trace_follows_the_event_that_was_read() -> None:
    event = changed("a", 1)
    envelope = kept(event, "a")
    delivery = read(envelope.wire())
    assert delivery.event == event
    assert delivery.trace == Trace(envelope.correlationid, envelope.id)
