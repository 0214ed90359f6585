import pytest

from messaging import pace
from messaging.pace import Pace


class Clock:
    """Time that passes while somebody sleeps, and nothing else."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def test_after_a_few_events_nothing_waits(clock: Clock) -> None:
    paced = Pace(0.25)
    paced.begin()
    paced.rest(4)
    assert clock.now == 100.0


def test_after_many_the_next_round_begins_a_moment_after_this_one_began(clock: Clock) -> None:
    paced = Pace(0.25)
    paced.begin()
    clock.now += 0.1
    paced.rest(5)
    assert clock.now == pytest.approx(100.25)
    paced.begin()
    clock.now += 0.3  # the round took longer than that
    paced.rest(5)
    assert clock.now == pytest.approx(100.55)


def test_a_full_round_is_not_waited_for(clock: Clock) -> None:
    paced = Pace(0.25)
    paced.begin()
    paced.rest(200, lambda: clock.now >= 100.05)
    assert 100.05 <= clock.now <= 100.08
