"""Read models made anew out of the events: equal to the live ones, whatever order these came in."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, insert, select, text, update

from chassis.database import lock_key
from contracts.envelope import Envelope
from contracts.events import Event, events_for
from contracts.events import inspections as i
from contracts.events.directory import CalendarChanged, SchoolClosed
from contracts.events.surveys import ResponseSubmitted
from deploy.local.postgres import Database, PostgreSQL
from messaging import RetryPolicy
from messaging.arrivals import Arrival
from messaging.cli import main
from messaging.intake import Intake
from messaging.recalling import Archive, Forgotten
from messaging.tables import events, inbox, reactions
from reports.application import rebuilding
from reports.application.projections import COPIES, PROJECTIONS
from reports.reactions import make_handlers
from reports.storage.read_tables import answer_counts, matters
from reports.storage.rebuilding import LOCK, READ_MODELS
from tests.storage.reports.conftest import Room
from tests.support.databases import lent, migrated
from tests.support.schools import SCHOOL
from tests.support.stream import Stream, deliver, keep, read_models

SERVICES = ("directory", "surveys", "inspections")
NOW = date(2024, 3, 6)


@dataclass
class Live:
    """Reports that takes events, and a database in which the other services keep theirs."""

    room: Room
    intake: Intake
    kept: Engine

    @property
    def engine(self) -> Engine:
        return self.room.engine

    def rebuild(self, *, keep: bool = True) -> rebuilding.Rebuilt:
        return rebuilding.rebuild(self.room.units, Archive([self.kept]).recall, keep=keep)

    def hear(self, stream: Stream) -> list[Envelope]:
        """Let everything be kept and delivered, in another order and some of it twice."""
        told = stream.envelopes()
        with self.kept.begin() as connection:
            keep(connection, told)
        deliver(self.intake.take, stream.shuffled(told))
        return told


@pytest.fixture
def live(
    empty: Room, database: Database, postgres: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Live]:
    monkeypatch.setenv("KIPTHOI_REPORTS_DATABASE_URL", database.url)
    intake = Intake(empty.engine, make_handlers(empty.units), RetryPolicy(), lambda: None)
    with lent("surveys", postgres) as elsewhere, migrated("surveys", elsewhere) as kept:
        for service in SERVICES:
            monkeypatch.setenv(f"KIPTHOI_{service.upper()}_DATABASE_URL", elsewhere.url)
        yield Live(empty, intake, kept)


def number(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_rebuilt_model_equals_the_live_one(live: Live, seed: int) -> None:
    told = live.hear(Stream(seed, 1_200, schools=3))
    before = read_models(live.engine)
    assert all(before.values()), "there is something to compare in each table"
    compared = live.rebuild(keep=False)
    assert compared.events == len(told)
    assert compared.equal, compared.tables
    with live.engine.begin() as connection:
        for table in READ_MODELS:
            connection.execute(text(f"TRUNCATE {table.name}"))
    from_nothing = live.rebuild()
    assert [one.missing for one in from_nothing.tables] == [one.rows for one in compared.tables]
    assert read_models(live.engine) == before


def test_what_is_wrong_is_told_and_put_right(
    live: Live, capsys: pytest.CaptureFixture[str]
) -> None:
    live.hear(Stream(4, 400, schools=2))
    before = read_models(live.engine)
    assert main(["reports", "check"]) == 0
    gone, odd = (row[0] for row in before["matters"][:2])
    with live.engine.begin() as connection:
        connection.execute(matters.delete().where(matters.c.matter_id == gone))
        connection.execute(
            update(matters).where(matters.c.matter_id == odd).values(kind="x", due_on=None)
        )
        connection.execute(insert(answer_counts).values(campaign_id=uuid4(), day=NOW, answers=5))
    wrong = read_models(live.engine)
    capsys.readouterr()
    assert main(["reports", "check"]) == 1
    told = capsys.readouterr().out
    assert "1 missing, 1 changed, 0 too many" in told
    assert "0 missing, 0 changed, 1 too many" in told
    assert read_models(live.engine) == wrong, "a check changes nothing"
    assert main(["reports", "rebuild"]) == 0
    assert "put right" in capsys.readouterr().out
    assert read_models(live.engine) == before
    assert main(["reports", "check"]) == 0


def test_events_that_took_no_effect_are_not_projected(live: Live) -> None:
    told = Stream(5, 300, schools=2).envelopes()
    answers = [one for one in told if one.type == ResponseSubmitted.name]
    waiting, later = answers[:20], answers[20:40]
    rest = [one for one in told if one not in waiting and one not in later]
    with live.kept.begin() as connection:
        keep(connection, told)
    deliver(live.intake.take, rest)
    # Redelivered ones go to the ledger first, where they wait.
    live.intake.take([Arrival(one.wire(), redelivered=True) for one in waiting])
    compared = live.rebuild()
    assert compared.equal, compared.tables
    assert compared.events == len(rest)
    with live.engine.begin() as connection:
        done = update(reactions).values(state="done", next_at=None)
        connection.execute(done)
    assert not live.rebuild(keep=False).equal, "once they are done they count"
    deliver(live.intake.take, later)
    assert live.rebuild().events == len(told)


def test_it_is_safe_while_events_arrive(live: Live) -> None:
    stream = Stream(6, 2_500, schools=3)
    told = stream.envelopes()
    with live.kept.begin() as connection:
        keep(connection, told)
    thread = threading.Thread(target=deliver, args=(live.intake.take, stream.shuffled(told), 50))
    thread.start()
    while thread.is_alive():
        rebuilt = live.rebuild()
        assert rebuilt.equal, rebuilt.tables
    thread.join()
    last = live.rebuild(keep=False)
    assert (last.events, last.equal) == (len(told), True)
    assert number(live.engine, reactions) == 0


def test_it_does_not_wait_for_ever(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    live.hear(Stream(7, 100, schools=1))
    before = read_models(live.engine)
    with pytest.MonkeyPatch.context() as patched, live.engine.connect() as busy:
        patched.setattr(rebuilding, "PATIENCE_SECONDS", 1)
        with busy.begin():
            busy.execute(insert(inbox).values(event_id=uuid4()))
            assert main(["reports", "rebuild"]) == 2
            busy.rollback()
    assert "try again" in capsys.readouterr().err
    assert read_models(live.engine) == before


def test_one_rebuild_at_a_time(live: Live, capsys: pytest.CaptureFixture[str]) -> None:
    with live.engine.connect() as other:
        other.execute(select(func.pg_advisory_lock(lock_key(LOCK))))
        assert main(["reports", "rebuild"]) == 2
        other.execute(select(func.pg_advisory_unlock(lock_key(LOCK))))
    assert "another rebuild is under way" in capsys.readouterr().err
    assert main(["reports", "rebuild"]) == 0


def test_events_that_nobody_keeps_are_missed(
    live: Live, capsys: pytest.CaptureFixture[str]
) -> None:
    told = live.hear(Stream(8, 100, schools=1))
    before = read_models(live.engine)
    with live.kept.begin() as connection:
        connection.execute(events.delete().where(events.c.id == told[-1].id))
    with pytest.raises(Forgotten) as missed:
        live.rebuild()
    assert missed.value.ids == (told[-1].id,)
    assert main(["reports", "rebuild"]) == 2
    assert f"the first one is {told[-1].id}: nothing is changed" in capsys.readouterr().err
    assert read_models(live.engine) == before


def test_what_is_not_set_or_not_there_is_said(
    live: Live, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert live.kept
    for service in SERVICES:
        address = "postgresql://nobody@127.0.0.1:1/none"
        monkeypatch.setenv(f"KIPTHOI_{service.upper()}_DATABASE_URL", address)
    live.hear(Stream(9, 50, schools=1))
    assert main(["reports", "check"]) == 2
    assert "a database doesn't answer" in capsys.readouterr().err
    monkeypatch.delenv("KIPTHOI_SURVEYS_DATABASE_URL")
    assert main(["reports", "check"]) == 2
    assert "KIPTHOI_SURVEYS_DATABASE_URL is not set" in capsys.readouterr().err


def test_a_database_without_tables_is_told(
    live: Live,
    postgres: PostgreSQL,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert live.kept
    fresh = postgres.create_database()
    monkeypatch.setenv("KIPTHOI_REPORTS_DATABASE_URL", fresh.url)
    assert main(["reports", "check"]) == 2
    assert "migrate first" in capsys.readouterr().err
    postgres.drop_database(fresh)


def test_every_event_is_projected_or_learnt_with_its_consequences() -> None:
    told: list[type[Event]] = [*PROJECTIONS, *COPIES, ResponseSubmitted]
    projected = {event.name for event in told}
    assert set(events_for("reports")) - projected == {SchoolClosed.name, CalendarChanged.name}


def test_the_newest_due_date_counts_in_whatever_order_events_come(room: Room) -> None:
    base: dict[str, Any] = {"petition_id": uuid4(), "school": SCHOOL}
    received = i.PetitionReceived(
        **base,
        kind="petition",
        about_procedures=True,
        concerns_head=False,
        received_on=NOW,
        due_on=date(2024, 3, 27),
        version=1,
    )
    moved = received.model_copy(update={"due_on": date(2024, 3, 20), "version": 2})
    over = i.PetitionOverdue(**base, due_on=date(2024, 3, 20), version=3)
    answered = i.PetitionAnswered(**base, answered_on=NOW, late_working_days=1, version=4)
    task: dict[str, Any] = {"task_id": uuid4(), "school": SCHOOL, "campaign_id": uuid4()}
    given = i.ImprovementTaskAssigned(**task, rule="below", due_on=NOW, version=1)
    again = given.model_copy(update={"due_on": date(2024, 3, 8), "version": 2})
    found = set()
    for order in permutations([received, moved, over, answered]):
        with room.engine.begin() as connection:
            connection.execute(matters.delete())
        room.hear(*order)
        found.add(read_models(room.engine)["matters"][0])
    assert len(found) == 1
    with room.engine.begin() as connection:
        connection.execute(matters.delete())
    # Told again two days later: it began on the day on which it was told first.
    later = room.clock.now.replace(day=3)
    room.hear(again, at=later)
    room.hear(given)
    [row] = read_models(room.engine)["matters"]
    told = dict(zip((column.name for column in matters.columns), row, strict=True))
    assert (told["opened_on"], told["due_on"]) == (room.clock().date(), date(2024, 3, 8))
