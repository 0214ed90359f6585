"""Natural batching of answers: nothing waits on a timer.

While a batch is under way, the answers that arrive form the next one; at rest an answer leaves at
once. So the size of a batch follows the load by itself (decision 0006). A batch that is slow, say
because a campaign in it is being closed, lets the next one go.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from uuid import uuid4

from contracts.correlation import correlated
from contracts.problems import Problem
from contracts.rpc.base import PARENT, Call
from contracts.rpc.surveys import Outcome, Outcomes, Submission, SubmitResponses
from gateway import metrics
from gateway.rpc import NotSent, Rpc

log = logging.getLogger(__name__)
BATCH_LIMIT: Final = 200
IN_FLIGHT_LIMIT: Final = 4
SLOW_SECONDS: Final = 0.5
WAITING_LIMIT: Final = 10_000
BATCH_SECONDS: Final = 8.0

Send = Callable[[Sequence[Submission]], Awaitable[Sequence[Outcome]]]


async def send_batch(rpc: Rpc, batch: Sequence[Submission]) -> Sequence[Outcome]:
    """Carry one batch to surveys and return its outcomes, in order."""
    call = Call(actor=PARENT, correlation_id=uuid4())
    request = SubmitResponses(items=tuple(batch))
    with correlated(call.correlation_id):  # the batch's own, not that of whoever came first
        outcomes = await rpc.call(
            "surveys", "submit_responses", request, call, Outcomes, seconds=BATCH_SECONDS
        )
    if [o.submission_id for o in outcomes.items] != [s.submission_id for s in batch]:
        log.error("surveys answered other submissions than it was sent")
        raise Problem("service.failed")
    return outcomes.items


class Batcher:
    """Collects submissions into batches and hands each its own outcome."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: deque[tuple[Submission, asyncio.Future[Outcome]]] = deque()
        self._under_way: set[asyncio.Task[None]] = set()
        self._on_time: set[asyncio.Task[None]] = set()  # of these, the one that is not slow yet
        self._pump_due = False

    async def submit(self, submission: Submission) -> Outcome:
        """Return what became of the submission.

        Raises `service.unavailable` when it surely wasn't stored and `surveys.uncertain` when it
        may have been: then the same submission_id is safe to send again.
        """
        if len(self._waiting) >= WAITING_LIMIT:
            raise NotSent("surveys")
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((submission, outcome))
        self._pump_soon()
        return await outcome

    def _pump_soon(self) -> None:
        """Let what arrives in this turn of the event loop travel together."""
        if not self._pump_due:
            self._pump_due = True
            asyncio.get_running_loop().call_soon(self._pump)

    def _pump(self) -> None:
        self._pump_due = False
        while self._waiting and not self._on_time and len(self._under_way) < IN_FLIGHT_LIMIT:
            size = min(len(self._waiting), BATCH_LIMIT)
            batch = [self._waiting.popleft() for _ in range(size)]
            metrics.batch_size.observe(size)
            task = asyncio.create_task(self._carry(batch))
            self._under_way.add(task)
            self._on_time.add(task)
            task.add_done_callback(self._landed)
            asyncio.get_running_loop().call_later(SLOW_SECONDS, self._pass_by, task)
        metrics.batches_in_flight.set(len(self._under_way))
        metrics.answers_waiting.set(len(self._waiting))

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._pass_by(task)

    def _pass_by(self, task: asyncio.Task[None] | None) -> None:
        """It came back, or is slow: the next may go."""
        if task is not None:
            self._on_time.discard(task)
        self._pump()

    async def _carry(self, batch: list[tuple[Submission, asyncio.Future[Outcome]]]) -> None:
        try:
            outcomes = await self._send_twice([submission for submission, _ in batch])
        except Exception as problem:  # noqa: BLE001 - whatever it is, nobody is left waiting
            for _, future in batch:
                if not future.done():
                    future.set_exception(problem)
            return
        self._pass_by(asyncio.current_task())
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)
            # One receipt a turn: writing receipts must not hold up the batch that leaves now.
            await asyncio.sleep(0)

    async def _send_twice(self, batch: Sequence[Submission]) -> Sequence[Outcome]:
        try:
            return await self._send(batch)
        except NotSent:
            raise
        except Exception as why:  # noqa: BLE001 - whatever happened, the batch may be stored
            log.warning("a batch of %d was not answered: once more (%r)", len(batch), why)
        try:
            return await self._send(batch)
        except Exception as why:  # noqa: BLE001
            log.error("a batch of %d may be stored or not: %r", len(batch), why)  # noqa: TRY400
            raise Problem("surveys.uncertain") from None
