"""Stored figures agree with the answers behind them, and are checked."""

import random
from collections import Counter
from uuid import uuid4

import psycopg

from chassis import migrate
from contracts.rpc.comments import ListComments
from deploy.local.postgres import PostgreSQL
from surveys.application import comments
from surveys.application.recounting import recount
from surveys.storage.unit_of_work import open_units
from tests.storage.surveys.closed import (
    HEAD,
    Answers,
    answer,
    ask,
    call,
    care,
    care_campaign,
    finish,
)
from tests.storage.surveys.conftest import Clock, Room
from tests.support.databases import migrated
from tests.support.surveys import CARE


def test_stored_figures_are_checked_against_the_answers(room: Room) -> None:
    made = care_campaign(room)
    answer(room, made, [care(1 + n % 5) for n in range(37)], class_code="lá")
    finish(room, made)
    assert dict(recount(room.units)) == {made.id: 0}
    for harm in (
        "UPDATE result_parts SET number = number + 1 WHERE item = 'Q1' AND answer = '5'",
        "DELETE FROM result_parts WHERE dimension = 'class' AND item = 'Q23' AND answer = '1'",
        "UPDATE campaigns SET responses = responses + 1",
        "DELETE FROM responses WHERE ctid = (SELECT min(ctid) FROM responses)",
    ):
        with room.engine.connect() as connection:
            connection.exec_driver_sql(harm)
            connection.commit()
        assert dict(recount(room.units))[made.id] > 0, harm
        with room.units.for_system() as work:
            work.results.count(made.id)
            number = work.responses.count([made.id])[made.id]
            work.connection.exec_driver_sql("UPDATE campaigns SET responses = %s", (number,))
        assert dict(recount(room.units)) == {made.id: 0}


def test_random_campaigns_agree_with_their_answers(room: Room) -> None:
    chance = random.Random(20240301)  # noqa: S311 - a sample, not a secret
    made = care_campaign(room)
    everybody: list[Answers] = []
    for source, class_code in (("web", "lá"), ("paper", "mầm"), ("web", None)):
        crowd = [
            {f"Q{n}": chance.choice([1, 2, 3, 4, 5, 5, 5, "no_opinion"]) for n in (1, 2, 23)}
            for _ in range(60)
        ]
        answer(room, made, crowd, source, class_code)
        everybody += crowd
    finish(room, made)
    told = ask(room, made)
    assert told.results is not None
    for item in told.results.items:
        counts = Counter(one.get(item.item) for one in everybody)
        if not item.hidden and item.kind == "scale5":
            assert item.counts == tuple(counts[level] for level in (1, 2, 3, 4, 5))
    for breakdown in told.breakdowns:
        for code in ("Q1", "Q2", "Q23"):
            parts = [f for one in breakdown.parts for f in one.items if f.code == code]
            (whole,) = [one for one in told.results.items if one.item == code]
            assert sum(one.valid for one in parts) == whole.valid


KEPT_BEFORE = """
    INSERT INTO forms VALUES ('care', 1, '{body}', 'digest');
    INSERT INTO campaigns (id, school, form, form_version, period_kind, period_year, period_index,
        period_starts_on, period_ends_on, opens_on, closes_on, closed_on, state, origin,
        target_percent, legal_basis, slug, correlation_id, responses, version)
    VALUES ('{campaign}', 'hoa-cuc-mau', 'care', 1, 'quarter', 2024, 1, '2023-12-15', '2024-03-14',
        '2024-03-01', '2024-03-14', '2024-03-15', 'closed', 'calendar', 95, 'KH', 'slug',
        '{campaign}', 6, 3);
    INSERT INTO responses (submission_id, campaign_id, day, source, answers, digest, receipt)
    SELECT gen_random_uuid(), '{campaign}', '2024-03-05', 'web', '{{"Q23": 5}}', '', n::text
    FROM generate_series(1, 6) n;
    INSERT INTO result_counts VALUES ('{campaign}', 'web', 'Q23', '5', 6);
    INSERT INTO comments
    SELECT gen_random_uuid(), '{campaign}', 'Q26', '2024-03-05', 'Cô rất hòa nhã'
    FROM generate_series(1, 5);
"""


def test_what_was_kept_before_is_counted_and_found(postgres: PostgreSQL) -> None:
    campaign_id, database = uuid4(), postgres.create_database()
    migrate.upgrade("surveys", database.url, "0002")
    with psycopg.connect(database.url) as connection:
        body = CARE.model_dump_json().replace("'", "''")
        connection.execute(KEPT_BEFORE.format(campaign=campaign_id, body=body).encode())
    with migrated("surveys", database) as engine:
        with open_units(engine, Clock()).for_call(call(HEAD)) as work:
            wanted = ListComments(campaign_id=campaign_id, search="hoà")
            assert comments.list_comments(work, wanted).found == 5
            parts = work.results.parts(campaign_id)
            assert parts["source"] == {"web": {("", ""): 6, ("Q23", "5"): 6}}
            assert parts["class"] == {"": {("", ""): 6, ("Q23", "5"): 6}}
        assert dict(recount(open_units(engine, Clock()))) == {campaign_id: 0}
