import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.problems import Problem
from contracts.rpc.surveys import Outcome, Submission
from gateway import batching
from gateway.batching import BATCH_LIMIT, IN_FLIGHT_LIMIT, Batcher
from gateway.rpc import NotSent, Unanswered


def submission(submission_id: UUID | None = None) -> Submission:
    return Submission(
        submission_id=submission_id or uuid4(),
        correlation_id=uuid4(),
        slug="a" * 16,
        answers={"F": 5},
    )


class Transport:
    """Stands for surveys: answers each item by its id, as slowly and badly as it is told."""

    def __init__(
        self, turns: Sequence[int] = (), failures: Sequence[Exception | None] = ()
    ) -> None:
        self.turns = list(turns)
        self.failures = list(failures)
        self.batches: list[list[UUID]] = []
        self.under_way = 0
        self.most_under_way = 0

    async def __call__(self, batch: Sequence[Submission]) -> Sequence[Outcome]:
        self.batches.append([item.submission_id for item in batch])
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        failure = self.failures.pop(0) if self.failures else None
        for _ in range(self.turns.pop(0) if self.turns else 0):
            await asyncio.sleep(0)
        self.under_way -= 1
        if failure is not None:
            raise failure
        return [
            Outcome(
                submission_id=item.submission_id, status="stored", receipt=str(item.submission_id)
            )
            for item in batch
        ]


@given(
    arrivals=st.lists(st.integers(0, 450), max_size=6),
    turns=st.lists(st.integers(0, 9), max_size=12),
)
def test_each_submission_gets_its_own_outcome(arrivals: list[int], turns: list[int]) -> None:
    async def main() -> None:
        transport = Transport(turns)
        batcher = Batcher(transport)
        sent: list[Submission] = []
        tasks: list[asyncio.Task[Outcome]] = []
        for wave in arrivals:
            items = [submission() for _ in range(wave)]
            sent += items
            tasks += [asyncio.create_task(batcher.submit(item)) for item in items]
            await asyncio.sleep(0)
        outcomes = await asyncio.gather(*tasks)

        assert [outcome.receipt for outcome in outcomes] == [str(s.submission_id) for s in sent]
        carried = [one for batch in transport.batches for one in batch]
        assert carried == [item.submission_id for item in sent], "once each, in order of arrival"
        assert transport.most_under_way <= IN_FLIGHT_LIMIT
        assert all(0 < len(batch) <= BATCH_LIMIT for batch in transport.batches)

    asyncio.run(main())


def test_at_rest_an_answer_leaves_at_once_and_those_that_wait_leave_together() -> None:
    async def main() -> None:
        transport = Transport(turns=[20, 20])
        batcher = Batcher(transport)
        tasks = []
        for _ in range(2):
            tasks.append(asyncio.create_task(batcher.submit(submission())))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        assert [len(batch) for batch in transport.batches] == [1]
        tasks += [asyncio.create_task(batcher.submit(submission())) for _ in range(30)]
        await asyncio.gather(*tasks)
        assert [len(batch) for batch in transport.batches] == [1, 31]
        assert transport.most_under_way == 1

    asyncio.run(main())


def test_the_next_batch_leaves_before_the_receipts_of_the_last_are_written() -> None:
    async def main() -> None:
        happened: list[str] = []
        transport = Transport(turns=[3])

        async def answer(batch: Sequence[Submission]) -> Sequence[Outcome]:
            happened.append(f"batch of {len(batch)}")
            return await transport(batch)

        batcher = Batcher(answer)

        async def answered() -> None:
            await batcher.submit(submission())
            happened.append("receipt")

        tasks = [asyncio.create_task(answered()) for _ in range(3)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        tasks += [asyncio.create_task(answered()) for _ in range(2)]
        await asyncio.gather(*tasks)
        assert happened[0] == "batch of 3"
        assert happened.index("batch of 2") <= 2, "after one receipt at most"
        assert happened.count("receipt") == 5

    asyncio.run(main())


def test_a_slow_batch_lets_others_go_but_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "SLOW_SECONDS", 0.001)

    async def main() -> None:
        over = asyncio.Event()
        left: asyncio.Queue[int] = asyncio.Queue()

        async def answer_late(batch: Sequence[Submission]) -> Sequence[Outcome]:
            left.put_nowait(len(batch))
            await over.wait()
            return [Outcome(submission_id=one.submission_id, status="stored") for one in batch]

        batcher = Batcher(answer_late)
        tasks = []
        for _ in range(IN_FLIGHT_LIMIT):
            tasks.append(asyncio.create_task(batcher.submit(submission())))
            assert await left.get() == 1
        tasks += [asyncio.create_task(batcher.submit(submission())) for _ in range(9)]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(left.get(), 0.02)
        over.set()
        await asyncio.gather(*tasks)
        assert await left.get() == 9

    asyncio.run(main())


def run(transport: Transport, check: Callable[[Outcome], None] | str) -> None:
    async def main() -> None:
        batcher = Batcher(transport)
        if isinstance(check, str):
            with pytest.raises(Problem) as caught:
                await batcher.submit(submission())
            assert caught.value.code == check
        else:
            check(await batcher.submit(submission()))
        transport.failures.clear()
        assert (await batcher.submit(submission())).status == "stored", "later ones work"

    asyncio.run(main())


@pytest.mark.parametrize(
    "first", [Unanswered("surveys"), Problem("service.failed"), RuntimeError("broken reply")]
)
def test_a_lost_reply_is_asked_for_once_more_with_the_same_ids(first: Exception) -> None:
    transport = Transport(failures=[first])

    def check(outcome: Outcome) -> None:
        assert outcome.status == "stored"
        assert transport.batches[0] == transport.batches[1] == [outcome.submission_id]

    run(transport, check)


@pytest.mark.parametrize("second", [Unanswered("surveys"), NotSent("surveys"), ValueError("odd")])
def test_what_stays_unanswered_is_uncertain(second: Exception) -> None:
    transport = Transport(failures=[Unanswered("surveys"), second])
    run(transport, "surveys.uncertain")


def test_what_was_never_sent_is_unavailable_not_uncertain() -> None:
    transport = Transport(failures=[NotSent("surveys")])
    run(transport, "service.unavailable")
    assert len(transport.batches) == 2


def test_a_caller_who_leaves_does_not_disturb_its_neighbours() -> None:
    async def main() -> None:
        transport = Transport(turns=[5])
        batcher = Batcher(transport)
        leaver = asyncio.create_task(batcher.submit(submission()))
        stayer = asyncio.create_task(batcher.submit(submission()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        leaver.cancel()
        assert (await stayer).status == "stored"

    asyncio.run(main())
