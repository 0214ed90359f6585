"""Closing counts what was accepted, no more and no less, also under fire."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from uuid import uuid4

import pytest

from contracts.events.surveys import CampaignClosed
from contracts.problems import Problem
from contracts.rpc.base import Actor, Call
from contracts.rpc.surveys import CampaignDetail, CloseCampaign, GetCampaign
from surveys.application.campaigns import get_campaign
from surveys.application.closing import close_campaign
from tests.storage.surveys.conftest import Room
from tests.support.surveys import submission

OFFICER = Actor(role="district_officer", schools=("hoa-cuc-mau",))
HEAD = Actor(role="principal", schools=("hoa-cuc-mau",))
STRANGER = Actor(role="principal", schools=("con-thuyen-la",))


def close_now(room: Room, campaign_id: object, actor: Actor = OFFICER) -> CampaignDetail:
    wanted = CloseCampaign.model_validate({"campaign_id": campaign_id, "reason": "thử"})
    with room.units.for_call(Call(actor=actor, correlation_id=uuid4())) as work:
        return close_campaign(work, wanted)


def look(room: Room, campaign_id: object, actor: Actor) -> CampaignDetail:
    wanted = GetCampaign.model_validate({"campaign_id": campaign_id})
    with room.units.for_call(Call(actor=actor, correlation_id=uuid4())) as work:
        return get_campaign(work, wanted)


def test_results_are_told_and_shown_when_closed(room: Room) -> None:
    made = room.open_campaign(handed_out=40)
    levels = [5] * 10 + [4] * 9 + [2]
    room.submit(*(submission(made.slug, answers={"P": "yes", "F": level}) for level in levels))
    room.submit(submission(made.slug, answers={"P": "no"}, demand={"concerns_head": True}))
    assert look(room, made.id, OFFICER).responses == 21
    assert look(room, made.id, OFFICER).results is None
    assert look(room, made.id, OFFICER).standing is None

    closed = close_now(room, made.id)
    assert closed.standing is not None
    assert closed.standing.rate is not None
    assert (closed.standing.verdict, closed.standing.conclusive) == ("met", False)
    assert closed.standing.rate.percent == 95.0
    assert closed.standing.response_percent == 52.5
    assert closed.results is not None
    assert (closed.results.filtered_out, closed.results.improper_demands) == (1, 1)

    ((data,),) = room.numbers("SELECT data FROM events WHERE type = 'surveys.campaign_closed'")
    event = CampaignClosed.model_validate(data)
    assert event.overall.counts == (0, 1, 0, 9, 10)
    assert (event.responses, event.valid, event.satisfied, event.handed_out) == (21, 20, 19, 40)
    assert event.improper_demands == 1
    with pytest.raises(Problem, match=r"surveys\.campaign_closed"):
        close_now(room, made.id)


def test_stored_counts_can_be_recomputed(room: Room) -> None:
    made = room.open_campaign()
    room.submit(*(submission(made.slug, answers={"P": "yes", "F": 1 + n % 5}) for n in range(57)))
    close_now(room, made.id)
    kept = room.numbers("SELECT * FROM result_parts ORDER BY 1, 2, 3, 4, 5")
    with room.units.for_system() as work:
        work.results.count(made.id)
    assert room.numbers("SELECT * FROM result_parts ORDER BY 1, 2, 3, 4, 5") == kept


def test_the_head_learns_nothing_of_a_report_about_the_head(room: Room) -> None:
    made = room.open_campaign()
    told = [submission(made.slug, demand={"concerns_head": True}) for _ in range(6)]
    room.submit(*told, submission(made.slug, demand={"concerns_head": False}))
    close_now(room, made.id)
    for actor, count, hidden in ((OFFICER, 7, False), (HEAD, 1, True)):
        results = look(room, made.id, actor).results
        assert results is not None
        assert results.improper_demands == count
        assert next(i for i in results.items if i.item == "G").hidden == hidden


def test_a_foreign_campaign_is_not_found(room: Room) -> None:
    made = room.open_campaign()
    with pytest.raises(Problem, match=r"resource\.not_found"):
        look(room, made.id, STRANGER)
    with pytest.raises(Problem, match=r"resource\.not_found"):
        close_now(room, made.id, STRANGER)
    assert room.read(made.id).state == "open"


def test_closing_gets_its_turn_however_many_hold_the_campaign_open(room: Room) -> None:
    made = room.open_campaign()
    done = Event()
    held = Barrier(9)

    def hold_again_and_again(_: int) -> None:
        first = True
        while not done.is_set():
            with room.units.for_system() as work:
                work.campaigns.share([made.slug])
                if first:
                    held.wait()
                # another one is always in before this one leaves
                work.connection.exec_driver_sql("SELECT pg_sleep(0.05)")
            first = False

    with ThreadPoolExecutor(9) as threads:
        holders = [threads.submit(hold_again_and_again, n) for n in range(8)]
        held.wait()
        try:
            assert threads.submit(close_now, room, made.id).result(timeout=15).state == "closed"
        finally:
            done.set()
        for holder in holders:
            holder.result()


def test_accepted_plus_refused_is_sent_while_the_campaign_closes(room: Room) -> None:
    made = room.open_campaign()
    closed = Event()

    def keep_sending(_: int) -> list[str]:
        seen: list[str] = []
        after_closing = 0
        while after_closing < 2:
            after_closing += closed.is_set()
            sent = [submission(made.slug) for _ in range(20)]
            seen += [o.problem.code if o.problem else o.status for o in room.submit(*sent)]
        return seen

    with ThreadPoolExecutor(8) as threads:
        senders = [threads.submit(keep_sending, n) for n in range(8)]
        # Shared locks overlap without a gap here; the closing must get its turn all the same.
        while not room.numbers("SELECT 1 FROM responses LIMIT 1"):
            pass
        result = close_now(room, made.id)
        closed.set()
        seen = [outcome for sender in senders for outcome in sender.result()]

    stored = seen.count("stored")
    assert set(seen) == {"stored", "surveys.campaign_closed"}
    assert room.numbers("SELECT count(*) FROM responses") == [(stored,)]
    assert result.responses == stored, "what the closing counted is what was accepted"
    assert len(seen) == stored + seen.count("surveys.campaign_closed")
