from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from messaging import Trace, record, record_all
from messaging.bulk import as_rows, inserting, updating
from messaging.relay import wake_after_commit
from tests.component.messaging.running import NOW, answers, changed
from tests.storage.messaging.conftest import scalar


def test_events_stand_or_fall_with_the_transaction(engine: Engine) -> None:
    with engine.connect() as connection:
        record(connection, "directory", changed("a", 1), trace=Trace.start(), at=NOW)
        connection.rollback()
    assert scalar(engine, "SELECT count(*) FROM events") == 0
    assert scalar(engine, "SELECT count(*) FROM outbox") == 0


def test_envelopes_come_back_in_order_and_carry_the_chain(engine: Engine) -> None:
    first = Trace.start()
    with engine.begin() as connection:
        cause = record(connection, "directory", changed("a", 1), trace=first, at=NOW)
        follow = Trace.following(cause)
        items = [(event, follow) for event in answers("b", 3)]
        envelopes = record_all(connection, "surveys", items, at=NOW)
    assert [e.data["campaign_id"] for e in envelopes] == [str(i[0].campaign_id) for i in items]
    assert {e.correlationid for e in envelopes} == {first.correlation_id}
    assert {e.causationid for e in envelopes} == {cause.id}
    assert (cause.causationid, cause.subject, cause.source) == (None, "a", "/kipthoi/directory")
    assert scalar(engine, "SELECT count(*) FROM outbox JOIN events e ON event_id = e.id") == 4


def test_a_service_records_its_own_events_at_a_time_with_a_zone(engine: Engine) -> None:
    with engine.begin() as connection:
        with pytest.raises(ValueError, match="not an event of surveys"):
            record(connection, "surveys", changed("a", 1), trace=Trace.start(), at=NOW)
        naive = datetime(2026, 11, 23, 8)  # noqa: DTZ001  what is refused
        with pytest.raises(ValueError, match="time zone"):
            record(connection, "directory", changed("a", 1), trace=Trace.start(), at=naive)
        assert record_all(connection, "directory", [], at=NOW) == []


def test_many_rows_are_inserted_and_changed_as_they_are(engine: Engine) -> None:
    kept = Table(
        "kept",
        MetaData(),
        Column("id", Uuid),
        Column("day", Date),
        Column("moment", DateTime(timezone=True)),
        Column("digest", LargeBinary),
        Column("said", JSONB),
        Column("words", Text),
        Column("number", Integer, server_default="7"),
    )
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "day": date(2024, 2, 29),
            "moment": NOW,
            "digest": bytes(range(256)),
            "said": {"F": 5, "trường": "\\\\x00 'mẫu' \"%s\" :rows"},
            "words": words,
        }
        for words in ("Cô giáo\n\t\\\\\"'%", "\\\\xff", "", None)
    ]
    with engine.begin() as connection:
        kept.create(connection)
        connection.execute(text(inserting(kept, *rows[0])), as_rows(rows))
        found = [dict(row) for row in connection.execute(select(kept)).mappings()]
        first, second, third, _ = rows
        news: list[dict[str, Any]] = [
            {"id": third["id"], "words": None, "said": {"F": 4}},
            {"id": first["id"], "words": "'%s\n", "said": {}},
            {"id": uuid4(), "words": "of nobody", "said": {}},
        ]
        changing = text(updating(kept, "id", "words", "said"))
        changed = connection.execute(changing, as_rows(news)).rowcount
        by_id = {row["id"]: dict(row) for row in connection.execute(select(kept)).mappings()}
        kept.drop(connection)
    assert found == [row | {"number": 7} for row in rows]
    assert changed == 2
    assert by_id[first["id"]] == first | news[1] | {"number": 7}
    assert by_id[third["id"]] == third | news[0] | {"number": 7}
    assert by_id[second["id"]] == second | {"number": 7}


def test_the_relay_is_woken_after_the_commit_and_only_for_events(engine: Engine) -> None:
    seen: list[object] = []
    wake_after_commit(engine, lambda: seen.append(scalar(engine, "SELECT count(*) FROM outbox")))
    with engine.begin() as connection:
        record(connection, "directory", changed("a", 1), trace=Trace.start(), at=NOW)
        assert seen == []
    assert seen == [1]
