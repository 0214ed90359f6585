from datetime import UTC, date, datetime
from itertools import permutations
from uuid import UUID, uuid4

from contracts.rpc.base import TraceEvent
from gateway.routes.traces import in_order

DAY = date(2024, 3, 4)


def event(name: str, cause: TraceEvent | None, at: datetime | None = None) -> TraceEvent:
    return TraceEvent(
        id=uuid4(),
        type=f"surveys.{name}",
        on=DAY,
        at=at,
        source="/kipthoi/surveys",
        subject=None,
        causation_id=cause.id if cause else None,
        data={},
    )


def test_a_chain_that_says_its_day_alone_is_told_in_order_of_cause() -> None:
    answer = event("answer", None)
    demand = event("demand", answer)
    proposal = event("proposal", demand)
    order = event("order", proposal, datetime(2024, 3, 4, 3, tzinfo=UTC))
    found = event("found", order, order.at)
    chain = (answer, demand, proposal, order, found)
    for shuffled in permutations(chain):
        assert in_order(shuffled) == chain


def test_causes_that_are_not_known_or_go_in_a_circle_do_no_harm() -> None:
    one = event("one", None).model_copy(update={"causation_id": UUID(int=7)})
    other = event("other", one)
    circle = one.model_copy(update={"causation_id": other.id})
    assert in_order((other, one)) == (one, other)
    assert len(in_order((circle, other))) == 2
