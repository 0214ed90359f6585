"""Which queues count as served, by what the broker answers at each look."""

from itertools import chain, repeat
from typing import Any

import pytest

from deploy.local.queues import unserved
from deploy.setup.broker import BrokerAdministration

NODE = "kipthoi@localhost"
WELL: dict[str, Any] = {"type": "quorum", "leader": NODE, "online": [NODE]}
LOST: dict[str, Any] = {"type": "quorum", "leader": None, "online": []}


class Looks:
    """What the broker answers: one list of queues after the other, then the last one for good."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def lost(self, *answers: list[dict[str, Any]]) -> set[str]:
        """Names of what is unserved in the end; the first queue is "0"."""
        looks = chain(answers, repeat(answers[-1]))

        def api(*_: object) -> list[dict[str, Any]]:
            return [{"vhost": "/", "name": str(n)} | queue for n, queue in enumerate(next(looks))]

        self._monkeypatch.setattr(BrokerAdministration, "api", api)
        return {name for _, name in unserved(BrokerAdministration("", "", ""), seconds=0.5)}


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    return Looks(monkeypatch)


@pytest.mark.parametrize(
    ("queue", "served"),
    [
        (WELL, True),
        (LOST, False),
        (WELL | {"online": []}, False),
        ({"type": "quorum"}, False),
        (WELL | {"leader": "somebody@else"}, False),
        ({"type": "classic", "state": "live"}, True),  # holds calls, and is mended by the broker
    ],
)
def test_a_queue_is_served_by_its_process(
    looks: Looks, queue: dict[str, Any], served: bool
) -> None:
    assert looks.lost([WELL, queue]) == (set() if served else {"1"})


def test_a_queue_that_finds_its_leader_meanwhile_is_served(looks: Looks) -> None:
    assert looks.lost([LOST, LOST], [WELL, LOST], [WELL, WELL]) == set()


def test_a_queue_is_lost_only_if_no_look_found_it_served(looks: Looks) -> None:
    assert looks.lost([LOST, LOST, WELL], [WELL, LOST, WELL], [LOST, LOST, LOST]) == {"1"}
