"""The id of the work at hand stands in what it logs, and in nobody else's lines."""

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from io import StringIO
from uuid import UUID, uuid4

import eventlet
import pytest

from contracts.correlation import anonymous_id, correlate, correlated, current, is_anonymous
from loglines import JsonFormatter

log = logging.getLogger("somebody.elses")


@pytest.fixture
def written() -> Iterator[StringIO]:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter("surveys"))
    handler.addFilter(correlate)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield stream
    log.removeHandler(handler)


def by_message(written: StringIO) -> dict[str, str | None]:
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    return {line["message"]: line.get("correlation_id") for line in lines}


def test_greenlets_keep_their_ids_apart(written: StringIO) -> None:
    ids = [uuid4() for _ in range(20)]

    def work(correlation_id: UUID) -> None:
        assert current() is None, "a greenlet begins without an id"
        with correlated(correlation_id):
            eventlet.sleep(0.001)  # lets all the others run in between
            log.info("of %s", correlation_id)
        log.info("after %s", correlation_id)

    with correlated(uuid4()):
        list(eventlet.GreenPool(20).imap(work, ids))
    found = by_message(written)
    assert found == {f"of {one}": str(one) for one in ids} | {f"after {one}": None for one in ids}


def test_asyncio_tasks_keep_their_ids_apart(written: StringIO) -> None:
    ids = [uuid4() for _ in range(20)]

    async def work(correlation_id: UUID) -> None:
        with correlated(correlation_id):
            await asyncio.sleep(0.001)
            log.info("of %s", correlation_id)

    async def all_at_once() -> None:
        await asyncio.gather(*map(work, ids))

    asyncio.run(all_at_once())
    assert by_message(written) == {f"of {one}": str(one) for one in ids}


def test_a_thread_begins_without_an_id(written: StringIO) -> None:
    with correlated(uuid4()):
        thread = threading.Thread(target=log.info, args=("elsewhere",))
        thread.start()
        thread.join()
    assert by_message(written) == {"elsewhere": None}


def test_an_exception_carries_its_id_to_whoever_logs_it_above(written: StringIO) -> None:
    mine = uuid4()
    with pytest.raises(ZeroDivisionError) as caught, correlated(mine):
        raise ZeroDivisionError
    log.error("failed", exc_info=caught.value)
    assert by_message(written) == {"failed": str(mine)}


def test_an_id_given_to_a_record_stands(written: StringIO) -> None:
    mine = uuid4()
    with correlated(uuid4()):
        log.info("given", extra={"correlation_id": mine})
        log.info("withheld", extra={"correlation_id": None})
    assert by_message(written) == {"given": str(mine), "withheld": None}


def test_an_anonymous_chain_s_id_says_so_and_is_as_random_as_another() -> None:
    ids = {anonymous_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(is_anonymous(one) and UUID(str(one)) == one for one in ids)
    assert {one.variant for one in ids} == {uuid4().variant}
    assert not any(is_anonymous(uuid4()) for _ in range(1000))
