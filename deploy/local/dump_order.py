"""In which order the databases are dumped, so that no effect is kept without its cause."""

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from contracts.events import CONSUMERS
from deploy.local.errors import StackError


def dump_order(
    services: Sequence[str], consumers: Mapping[str, Sequence[str]] = CONSUMERS
) -> list[str]:
    """Return the services, each before those whose events it takes (decision 0010).

    An event is recorded before it is taken. So whoever took it by the moment of its own dump finds
    it in the dump of the teller, which is of a later moment; whoever had not, gets it again.
    Raises `StackError` when services tell each other events in a circle: then no order is right.
    """
    before: dict[str, set[str]] = {service: set() for service in services}
    for event, takers in consumers.items():
        before[event.partition(".")[0]].update(takers)
    try:
        return list(TopologicalSorter(before).static_order())
    except CycleError as circle:
        raise StackError(
            "No order of dumps is consistent, because these services react to each other: "
            + " → ".join(circle.args[1])
        ) from None
