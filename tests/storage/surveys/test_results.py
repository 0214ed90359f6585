"""Results over a real database: part by part, compared, pooled, written, as rows, for everybody."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from chassis import migrate
from contracts.events.surveys import CampaignClosed
from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.rpc import results as m
from contracts.rpc.base import PARENT, SYSTEM, Actor, Call, TraceRequest
from deploy.local.postgres import Database
from surveys.application import chains, comments, league, public_results, results, rows
from surveys.application.closing import close
from surveys.application.recounting import recount
from surveys.domain.campaigns import Campaign
from surveys.storage.unit_of_work import open_units
from tests.storage.surveys.conftest import Clock, Room
from tests.support.databases import migrated
from tests.support.schools import registered
from tests.support.surveys import CARE, Q1_2024, submission

SCHOOL = "hoa-cuc-mau"
OFFICER = Actor(role="district_officer", schools=(SCHOOL, "con-thuyen-la", "dam-may-tim"))
HEAD = Actor(role="principal", schools=(SCHOOL,))
TEACHER = Actor(role="teacher", schools=(SCHOOL,))
STRANGER = Actor(role="principal", schools=("con-thuyen-la",))
Q4_2023 = PeriodRef(
    kind="quarter", year=2023, index=4, starts_on=date(2023, 9, 15), ends_on=date(2023, 12, 14)
)
Answers = dict[str, Any]


def call(actor: Actor = OFFICER) -> Call:
    return Call(actor=actor, correlation_id=uuid4())


def answer(
    room: Room,
    made: Campaign,
    answers: Sequence[Answers],
    source: str = "web",
    class_code: str | None = None,
) -> None:
    """Store answers of one source and class, as the ways that come with a class do."""
    sent = [submission(made.slug, answers=one, source=source) for one in answers]
    outcomes = room.submit(*sent)
    assert {one.status for one in outcomes} <= {"stored"}, outcomes
    with room.engine.begin() as connection:
        for one in sent:
            connection.exec_driver_sql(
                "UPDATE responses SET class_code = %(code)s WHERE submission_id = %(id)s",
                {"code": class_code, "id": one.submission_id},
            )


def finish(room: Room, made: Campaign) -> None:
    with room.units.for_system() as work:
        locked = work.campaigns.alone(made.id, SYSTEM)
        assert locked is not None
        close(work, locked, datetime(2024, 3, 15, tzinfo=UTC))


def ask(room: Room, made: Campaign, actor: Actor = OFFICER) -> m.CampaignResults:
    with room.units.for_call(call(actor)) as work:
        return results.get_results(work, m.GetResults(campaign_id=made.id))


def care(level: int, **more: Any) -> Answers:
    return {"Q1": level, "Q2": level, "Q3": level, "Q4": level, "Q23": level} | more


def care_campaign(room: Room, **changed: Any) -> Campaign:
    return room.open_campaign(**({"form": "care"} | changed))


def test_a_campaign_is_told_by_source_and_class(room: Room) -> None:
    made = care_campaign(room)
    answer(room, made, [care(5)] * 10 + [care(2)] * 2, class_code="lá 1")
    answer(room, made, [care(4, Q24=80)] * 11, "paper", "lá 2")
    answer(room, made, [care(3, Q24=60)] * 6, class_code="mầm")
    answer(room, made, [care(4)] * 5)
    assert ask(room, made).results is None
    assert ask(room, made).breakdowns == ()
    finish(room, made)
    told = ask(room, made)
    assert told.results is not None
    assert told.expectation == (11 * 80 + 6 * 60) / 17
    by_source, by_class = told.breakdowns
    assert [(one.name, one.asked) for one in by_source.parts] == [("paper", 11), ("web", 23)]
    rates = {one.name: one.items[-1].rate for one in by_source.parts}
    assert {name: (r.satisfied, r.valid) for name, r in rates.items() if r} == {
        "paper": (11, 11),
        "web": (15, 23),
    }
    assert [(one.name, one.pooled, one.asked) for one in by_class.parts] == [
        ("lá 1", 0, 12),
        ("lá 2", 0, 11),
        (None, 2, 11),
    ]
    groups = {one.code: one.valid for one in by_class.parts[0].groups}
    assert groups == {"access": 48, "overall": 12}
    items = {one.code for one in by_class.parts[0].items}
    assert items == {"Q1", "Q2", "Q3", "Q4", "Q23"}, "nobody of lá 1 gave a share of expectation"
    assert [one.by for one in ask(room, made, TEACHER).breakdowns] == ["source"]
    with pytest.raises(Problem, match=r"resource\.not_found"):
        ask(room, made, STRANGER)


def test_the_period_before_is_compared(room: Room) -> None:
    before = care_campaign(room, period=Q4_2023)
    answer(room, before, [care(5)] * 8 + [care(2)] * 2)
    finish(room, before)
    made = care_campaign(room)
    answer(room, made, [care(5, Q5=5)] * 9 + [care(2, Q5=5)])
    finish(room, made)
    compared = ask(room, made).comparison
    assert compared is not None
    assert (compared.campaign_id, compared.period.key) == (before.id, "2023-q4")
    assert compared.overall is not None
    assert compared.overall.points == pytest.approx(10)
    assert {one.code for one in compared.items} == {"Q1", "Q2", "Q3", "Q4", "Q23"}
    assert {one.code for one in compared.groups} == {"access", "overall"}
    assert ask(room, before).comparison is None


def told_everywhere(room: Room, made: Campaign) -> str:
    """Every view of a campaign for everybody who sees something, without ids and receipts."""
    wanted = made.id
    told: list[Any] = [ask(room, made, actor) for actor in (OFFICER, HEAD, TEACHER)]
    for actor in (OFFICER, HEAD):
        with room.units.for_call(call(actor)) as work:
            told.append(results.get_signals(work, m.GetSignals(campaign_id=wanted)))
            told.append(rows.get_rows(work, m.GetRows(campaign_id=wanted)))
            chain = chains.trace(work, TraceRequest(correlation_id=made.correlation_id))
            told += [one.data for one in chain.events if one.type == CampaignClosed.name]
    with room.units.for_call(call()) as work:
        told.append(league.get_league(work, m.GetLeague(form=made.form)))
    with room.units.for_call(call(PARENT)) as work:
        told.append(public_results.get_public_results(work, m.GetPublicResults(slug=made.slug)))
    written = json.dumps(
        [one if isinstance(one, dict) else one.model_dump() for one in told],
        default=str,
        sort_keys=True,
    )
    return written.replace(str(made.id), "id").replace(made.slug, "slug")


# Twins: campaigns that differ in a cell that is hidden, and look the same to everybody.
FEW_PAPER = [care(5)] * 20 + [care(2)] * 6
TWINS: list[tuple[list[tuple[list[Answers], str, str | None]], ...]] = [
    (  # whose are the slips on paper?
        [(FEW_PAPER[:23], "web", None), (FEW_PAPER[23:], "paper", None)],
        [(FEW_PAPER[3:], "web", None), (FEW_PAPER[:3], "paper", None)],
    ),
    (  # what did the few say who gave a share of expectation?
        [([care(5)] * 20 + [care(5, Q24=10)] * 4, "web", None)],
        [([care(5)] * 22 + [care(5, Q24=90)] * 2, "web", None)],
    ),
    (  # four in all
        [([care(5)] * 4, "web", None)],
        [([care(1)] * 4, "web", None)],
    ),
    (  # which of two small classes?
        [(FEW_PAPER, "web", "lá"), ([care(5)] * 6, "web", "mầm"), ([care(2)] * 6, "web", "chồi")],
        [
            (FEW_PAPER, "web", "lá"),
            ([care(5)] * 3 + [care(2)] * 4, "web", "mầm"),
            ([care(5)] * 3 + [care(2)] * 2, "web", "chồi"),
        ],
    ),
]


@pytest.mark.parametrize("twins", TWINS)
def test_twins_look_the_same_in_every_view(
    room: Room, twins: tuple[list[tuple[list[Answers], str, str | None]], ...]
) -> None:
    seen = []
    for school, crowd in zip((SCHOOL, SCHOOL), twins, strict=True):
        with room.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE campaigns SET school = 'nobody'")
        made = care_campaign(room, school=school)
        for answers, source, class_code in crowd:
            answer(room, made, answers, source, class_code)
        finish(room, made)
        seen.append(told_everywhere(room, made))
    assert seen[0] == seen[1]
    assert "percent" in seen[0]


def test_the_chain_of_a_campaign_tells_no_more_than_its_results(room: Room) -> None:
    made = room.open_campaign()
    answer(room, made, [{"P": "yes", "A1": 5, "F": 2}] * 4 + [{"P": "yes", "A1": 4}] * 3)
    finish(room, made)
    with room.units.for_call(call(HEAD)) as work:
        reply = chains.trace(work, TraceRequest(correlation_id=made.correlation_id))
    (data,) = [one.data for one in reply.events]
    assert [one["item"] for one in data["distribution"]] == ["A1"]
    assert {"valid", "satisfied", "very_satisfied", "overall", "improper_demands"} & set(
        data
    ) == set()
    assert data["verdict"] == "no_answers"


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


def written(text: str) -> Answers:
    return care(5, Q26=text)


def read(room: Room, made: Campaign, actor: Actor = HEAD, **wanted: Any) -> m.Comments:
    with room.units.for_call(call(actor)) as work:
        return comments.list_comments(work, m.ListComments(campaign_id=made.id, **wanted))


def test_parents_words_are_searched_and_paged(room: Room) -> None:
    made = care_campaign(room)
    texts = ["Cô giáo rất hòa nhã", "Nhà bếp sạch", "Đường vào trường tối", "Cần thêm cây xanh"]
    answer(room, made, [written(text) for text in texts])
    answer(room, made, [care(5, Q25="Cảm ơn cô")])
    assert read(room, made).items == (), "nothing while it is open"
    more = [f"Ý kiến số {n}" for n in range(60)]
    answer(room, made, [written(text) for text in more])
    finish(room, made)
    page = read(room, made)
    assert (page.found, page.pages, len(page.items)) == (64, 2, 50)
    assert len(read(room, made, page=2).items) == 14
    assert [(one.code, one.number) for one in page.asked] == [("Q25", None), ("Q26", 64)]
    assert {one.day for one in page.items} == {date(2024, 3, 5)}
    for search, count in (("hoà", 1), ("hoa nha", 1), ("duong", 1), ("Ý KIẾN", 60), ("%", 0)):
        assert read(room, made, search=search).found == count, search
    assert read(room, made, item="Q25").found == 0, "fewer than five are hidden"
    entries = room.numbers("SELECT role, school FROM audit_entries WHERE action = 'read_comments'")
    assert set(entries) == {("principal", SCHOOL)}


def test_rows_are_nobody_s_and_add_up(room: Room) -> None:
    made = room.open_campaign()
    alike = {"P": "yes", "A1": 5, "C3": "no", "G": "no", "F": 5}
    answer(room, made, [alike] * 7 + [{"P": "no"}] * 5)
    answer(room, made, [{"P": "yes", "A1": n, "F": n, "D1": 4} for n in (1, 2, 3, 4)])
    finish(room, made)
    with room.units.for_call(call()) as work:
        told = rows.get_rows(work, m.GetRows(campaign_id=made.id))
    assert [one.item for one in told.columns] == ["P", "A1", "C3", "F"], "D1: four; G: never"
    assert [(one.answers, one.number) for one in told.whole] == [(("yes", "5", "no", "5"), 7)], (
        "four others would be told, so the five who did nothing join them"
    )
    rest = {one.item: {a.answer: a.number for a in one.rest} for one in told.columns}
    assert rest["P"] == {"no": 5, "yes": 4}
    assert rest["F"] == {"": 5, "1": 1, "2": 1, "3": 1, "4": 1}
    assert room.numbers("SELECT role FROM audit_entries WHERE action = 'read_rows'") == [
        ("district_officer",)
    ]


def register(room: Room, *schools: str) -> None:
    with room.units.for_system() as work:
        for school in schools:
            work.schools.learn(registered(school), known_from=date(2020, 1, 1))


def test_the_district_sees_places_totals_and_the_trend(room: Room) -> None:
    register(room, SCHOOL, "con-thuyen-la", "dam-may-tim", "ngoai-quan")
    for school, crowd, period in (
        (SCHOOL, [5] * 38 + [2] * 2, Q1_2024),
        ("con-thuyen-la", [4] * 27 + [1] * 9, Q1_2024),
        ("dam-may-tim", [5] * 4, Q1_2024),
        ("ngoai-quan", [1] * 50, Q1_2024),
        (SCHOOL, [5] * 8 + [2] * 2, Q4_2023),
    ):
        made = care_campaign(room, school=school, period=period, handed_out=100)
        answer(room, made, [care(level) for level in crowd])
        finish(room, made)
    with room.units.for_call(call()) as work:
        told = league.get_league(work, m.GetLeague(form="care"))
    assert [(one.school, one.place, one.enough) for one in told.rows] == [
        (SCHOOL, 1, True),
        ("con-thuyen-la", 2, True),
        ("dam-may-tim", None, False),
    ]
    assert told.rows[2].standing.rate is None
    assert told.rate is not None
    assert (told.rate.satisfied, told.rate.valid) == (65, 76), "of those that are shown"
    assert (told.campaigns, told.left_out, told.responses) == (3, 1, 80)
    assert told.response_percent == pytest.approx(80 / 3)
    assert [(one.code, one.schools) for one in told.groups] == [("access", 2), ("overall", 2)]
    assert [(one.period.key, one.rate and one.rate.valid) for one in told.trend] == [
        ("2023-q4", 10),
        ("2024-q1", 76),
    ]
    with room.units.for_call(call()) as work:
        earlier = league.get_league(work, m.GetLeague(form="care", period="2023-q4"))
        assert earlier.rate is not None
        assert earlier.rate.percent == 80
        with pytest.raises(Problem, match=r"surveys\.unknown_period"):
            league.get_league(work, m.GetLeague(form="care", period="1999-q1"))
        assert league.get_league(work, m.GetLeague(form="tthc")).rows == ()


def test_everybody_reads_a_school_s_closed_campaigns(room: Room) -> None:
    register(room, SCHOOL)
    made = room.open_campaign()
    answer(room, made, [{"P": "yes", "F": 5, "G": "yes"}] * 6)
    open_one = care_campaign(room)
    with room.units.for_call(call(PARENT)) as work:
        before = public_results.get_public_results(work, m.GetPublicResults(slug=made.slug))
    assert (before.standing, before.results, before.responses) == (None, None, None)
    finish(room, made)
    with room.units.for_call(call(PARENT)) as work:
        told = public_results.get_public_results(work, m.GetPublicResults(slug=made.slug))
        school = public_results.get_school_results(work, m.GetSchoolResults(school=SCHOOL))
        for unknown in ("khong-co", "a\x00"):
            with pytest.raises(Problem, match=r"resource\.not_found"):
                public_results.get_school_results(work, m.GetSchoolResults(school=unknown))
        with pytest.raises(Problem, match=r"surveys\.unknown_campaign"):
            public_results.get_public_results(work, m.GetPublicResults(slug="khong-co"))
    assert told.results is not None
    assert told.results.improper_demands == 0
    assert next(one for one in told.results.items if one.item == "G").hidden
    assert [one.slug for one in school.items] == [made.slug]
    assert open_one.slug not in school.model_dump_json()
    assert room.numbers("SELECT count(*) FROM audit_entries") == [(0,)]


def test_signals_come_from_a_closed_campaign(room: Room, clock: Clock) -> None:
    made = care_campaign(room)
    for day in range(5, 10):
        clock.now = datetime(2024, 3, day, 3, tzinfo=UTC)
        answer(room, made, [care(5)] * (30 if day == 9 else 5))
    answer(room, made, [care(2)] * 5 + [care(5)] * 5, "paper")
    with room.units.for_call(call()) as work:
        wanted = m.GetSignals(campaign_id=made.id)
        assert results.get_signals(work, wanted).items == ()
    finish(room, made)
    with room.units.for_call(call()) as work:
        seen = {one.kind: one for one in results.get_signals(work, wanted).items}
    assert (seen["identical"].number, seen["identical"].raised) == (55, True)
    assert (seen["burst"].day, seen["burst"].number, seen["burst"].raised) == (
        date(2024, 3, 9),
        40,
        True,
    )
    assert seen["paper_gap"].points == pytest.approx(-50)


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


def test_what_was_kept_before_is_counted_and_found(database: Database) -> None:
    campaign_id = uuid4()
    migrate.upgrade("surveys", database.url, "0002")
    with psycopg.connect(database.url) as connection:
        body = CARE.model_dump_json().replace("'", "''")
        connection.execute(KEPT_BEFORE.format(campaign=campaign_id, body=body).encode())
    with migrated("surveys", database) as engine:
        with open_units(engine, Clock()).for_call(call(HEAD)) as work:
            wanted = m.ListComments(campaign_id=campaign_id, search="hoà")
            assert comments.list_comments(work, wanted).found == 5
            parts = work.results.parts(campaign_id)
            assert parts["source"] == {"web": {("", ""): 6, ("Q23", "5"): 6}}
            assert parts["class"] == {"": {("", ""): 6, ("Q23", "5"): 6}}
        assert dict(recount(open_units(engine, Clock()))) == {campaign_id: 0}
