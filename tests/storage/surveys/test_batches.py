"""Answers from paper: all rows or none, visible as a batch, undone until the campaign closes."""

from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.events.surveys import (
    ImproperDemandReported,
    ImproperDemandWithdrawn,
    ResponsesWithdrawn,
)
from contracts.problems import Problem
from contracts.rpc import batches as m
from contracts.rpc.base import Actor, Call
from surveys.application import batches, importing
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.conftest import Clock, Room
from tests.storage.surveys.test_closing import close_now
from tests.support.surveys import submission

CLERK = Actor(role="clerk", schools=("hoa-cuc-mau",))
STRANGER = Actor(role="clerk", schools=("con-thuyen-la",))


class Desk:
    """A clerk with paper slips."""

    def __init__(self, room: Room, actor: Actor = CLERK) -> None:
        self.room = room
        self.actor = actor

    def _call(self) -> Call:
        return Call(actor=self.actor, correlation_id=uuid4())

    def enter(self, made: Campaign, batch: UUID, *slips: dict[str, Any]) -> m.Batch:
        """Type slips in."""
        typed = [{"submission_id": uuid4(), "answers": {"P": "no"}} | slip for slip in slips]
        wanted = m.EnterSlips.model_validate(
            {"campaign_id": made.id, "batch_id": batch, "title": "Lớp Lá", "slips": typed}
        )
        with self.room.units.for_call(self._call()) as work:
            return batches.enter_slips(work, wanted).shown

    def bring(self, made: Campaign, text: str, *, again: bool = False) -> m.Batch:
        """Hand in a CSV."""
        wanted = m.ImportSheet(
            campaign_id=made.id,
            file_name="phieu.csv",
            content=b64encode(text.encode()).decode(),
            again=again,
        )
        with self.room.units.before_call(self._call()) as work:
            sheet = importing.open_sheet(work, wanted)
        slips = importing.check_sheet(sheet)
        with self.room.units.for_call(self._call()) as work:
            return importing.accept_sheet(work, wanted, slips)

    def look(self, batch: UUID) -> m.Batch:
        """Look how far a batch is."""
        with self.room.units.for_call(self._call()) as work:
            return batches.get_batch(work, m.GetBatch(batch_id=batch))

    def undo(self, batch: UUID) -> m.Batch:
        """Take a batch back."""
        with self.room.units.for_call(self._call()) as work:
            return batches.undo_batch(work, m.UndoBatch(batch_id=batch)).shown

    def listed(self, made: Campaign) -> list[m.Batch]:
        """List the batches of a campaign."""
        with self.room.units.for_call(self._call()) as work:
            return list(batches.list_batches(work, m.ListBatches(campaign_id=made.id)).items)


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room)


def kept(room: Room) -> tuple[object, ...]:
    """How many answers, comments, reports and events there are."""
    (numbers,) = room.numbers(
        "SELECT (SELECT count(*) FROM responses), (SELECT count(*) FROM comments),"
        " (SELECT count(*) FROM demand_reports), (SELECT count(*) FROM events)"
    )
    return numbers


def test_slips_are_typed_into_one_batch(room: Room, desk: Desk) -> None:
    made = room.open_campaign(classes=("Lá 2",))
    batch = uuid4()
    desk.enter(made, batch, {"class_code": "Lá 2"})
    again = {"submission_id": uuid4(), "answers": {"P": "yes", "F": "4"}}
    assert desk.enter(made, batch, again).answers == 2
    assert desk.enter(made, batch, again).answers == 2, "a slip counts once"
    (shown,) = desk.listed(made)
    assert (shown.kind, shown.state, shown.title) == ("typed", "stored", "Lớp Lá")
    stored = room.numbers("SELECT source, class_code, batch_id FROM responses ORDER BY 2")
    assert stored == [("paper", "Lá 2", batch), ("paper", None, batch)]
    told = room.numbers("SELECT data ->> 'source' FROM events")
    assert told == [("paper",), ("paper",)]


def test_one_wrong_slip_and_none_is_stored(room: Room, desk: Desk) -> None:
    made = room.open_campaign()
    with pytest.raises(Problem) as problem:
        desk.enter(made, uuid4(), {}, {"answers": {"P": "yes", "F": "9"}}, {"class_code": "9Z"})
    assert problem.value.code == "surveys.rows_invalid"
    assert problem.value.params["errors"] == [
        {"row": 2, "column": "F", "code": "wrong_value"},
        {"row": 3, "column": "LOP", "code": "unknown_class"},
    ]
    assert kept(room) == (0, 0, 0, 0)
    assert desk.listed(made) == []


def test_a_file_is_stored_whole(room: Room, desk: Desk) -> None:
    made = room.open_campaign()
    rows = "\n".join(f"có,{1 + n % 5},Góp ý {n}" for n in range(1200))
    taken = desk.bring(made, f"P,F,H\n{rows}")
    assert (taken.state, taken.answers, taken.total) == ("storing", 0, 1200)
    assert kept(room) == (0, 0, 0, 0)
    assert importing.store_all(room.units) == [("tthc", 1200)]
    shown = desk.look(taken.batch_id)
    assert (shown.state, shown.answers, shown.kind) == ("stored", 1200, "file")
    assert kept(room) == (1200, 1200, 0, 1200)
    assert room.numbers("SELECT count(DISTINCT receipt) FROM responses") == [(1200,)]
    assert room.numbers("SELECT count(*) FROM batch_rows") == [(0,)], "what the file held is gone"
    assert importing.store_all(room.units) == []


def test_the_same_file_is_counted_once_unless_somebody_says_otherwise(
    room: Room, desk: Desk
) -> None:
    made, other = room.open_campaign(), room.open_campaign()
    text = "P,F\ncó,5\ncó,4\n"
    first = desk.bring(made, text)
    for _ in range(2):  # while it is being stored, and when it is
        with pytest.raises(Problem) as refused:
            desk.bring(made, text)
        assert refused.value.code == "surveys.sheet_known"
        assert refused.value.params == {"title": "phieu.csv", "entered_on": "2024-03-05"}
        importing.store_all(room.units)
    desk.bring(other, text)
    desk.bring(made, text, again=True)
    desk.bring(made, text, again=True)
    importing.store_all(room.units)
    desk.undo(first.batch_id)
    desk.bring(made, text)
    importing.store_all(room.units)
    assert [one.answers for one in desk.listed(made) if one.state == "stored"] == [2, 2, 2]
    assert [one.answers for one in desk.listed(other)] == [2]


def test_of_the_same_file_at_once_one_comes_in(room: Room, desk: Desk) -> None:
    made = room.open_campaign()
    with ThreadPoolExecutor(4) as pool:
        came = [pool.submit(desk.bring, made, "P,F\ncó,5\n") for _ in range(4)]
    codes = [getattr(one.exception(), "code", None) for one in came]
    assert sorted(map(str, codes)) == ["None", *["surveys.sheet_known"] * 3]
    assert len(desk.listed(made)) == 1


def test_others_see_how_far_the_storing_is(
    room: Room, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 10)
    made = room.open_campaign()
    taken = desk.bring(made, "P,F\n" + "có,5\n" * 30)
    seen: list[int] = []
    real = batches.accept_slips

    def look_and_accept(*given: Any) -> Any:
        seen.append(desk.look(taken.batch_id).answers)
        with pytest.raises(Problem, match="batch_storing"):
            desk.undo(taken.batch_id)
        return real(*given)

    monkeypatch.setattr(importing, "accept_slips", look_and_accept)
    importing.store_all(room.units)
    assert seen == [0, 10, 20]


def test_a_file_with_a_wrong_cell_stores_nothing(room: Room, desk: Desk) -> None:
    made = room.open_campaign()
    with pytest.raises(Problem) as problem:
        desk.bring(made, "P,F\ncó,5\ncó,năm")
    assert problem.value.params["errors"] == [{"row": 3, "column": "F", "code": "wrong_value"}]
    assert kept(room) == (0, 0, 0, 0)
    assert desk.listed(made) == []


def test_a_campaign_that_closes_first_lets_the_file_fail_as_a_whole(room: Room, desk: Desk) -> None:
    made = room.open_campaign()
    taken = desk.bring(made, "P,F\n" + "có,5\n" * 3)
    close_now(room, made.id)
    assert importing.store_all(room.units) == []
    assert desk.look(taken.batch_id).state == "failed"
    assert room.read(made.id).responses == 0
    assert room.numbers("SELECT count(*) FROM batch_rows") == [(0,)]


def test_a_class_that_is_gone_meanwhile_lets_the_file_fail_as_a_whole(
    room: Room, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)
    made = room.open_campaign(classes=("3A",))
    taken = desk.bring(made, "P,F,LOP\ncó,5,\ncó,5,3A")
    with room.units.for_system() as work:
        work.campaigns.save(replace(made, classes=()))
    importing.store_all(room.units)
    assert desk.look(taken.batch_id).state == "failed"
    assert kept(room) == (0, 0, 0, 0)


def test_undoing_takes_back_all_that_a_batch_brought_and_tells_it(
    room: Room, desk: Desk, clock: Clock
) -> None:
    made = room.open_campaign()
    room.submit(submission(made.slug, answers={"P": "no", "H": "Ý kiến của phụ huynh"}))
    batch = uuid4()
    desk.enter(
        made,
        batch,
        {},
        {"answers": {"P": "no", "H": "Giấy"}, "demand": {"kind": "fee", "what": "Thu"}},
    )
    clock.now = clock.now.replace(day=6)
    desk.enter(made, batch, {})
    assert kept(room) == (4, 2, 1, 5)

    undone = desk.undo(batch)
    assert (undone.state, undone.answers, str(undone.undone_on)) == ("undone", 0, "2024-03-06")
    assert kept(room)[:3] == (1, 1, 0)
    told = room.numbers(
        "SELECT data FROM events WHERE type = 'surveys.responses_withdrawn' ORDER BY data ->> 'day'"
    )
    events = [ResponsesWithdrawn.model_validate(data) for (data,) in told]
    assert [(str(e.day), e.answers, e.source) for e in events] == [
        ("2024-03-05", 2, "paper"),
        ("2024-03-06", 1, "paper"),
    ]
    chains = room.numbers(
        "SELECT type, correlation_id, data FROM events WHERE type LIKE 'surveys.improper%%'"
        " ORDER BY type"
    )
    (reported, withdrawn) = chains
    assert reported[1] == withdrawn[1], "one chain, so that its readers find what is withdrawn"
    before = ImproperDemandReported.model_validate(reported[2])
    after = ImproperDemandWithdrawn.model_validate(withdrawn[2])
    assert before.report_id == after.report_id
    with pytest.raises(Problem, match="batch_undone"):
        desk.undo(batch)
    with pytest.raises(Problem, match="batch_undone"):
        desk.enter(made, batch, {})
    assert close_now(room, made.id).responses == 1


def test_nothing_is_entered_or_undone_once_the_campaign_is_closed(room: Room, desk: Desk) -> None:
    made = room.open_campaign()
    batch = uuid4()
    desk.enter(made, batch, {})
    close_now(room, made.id)
    acts: list[Callable[[], m.Batch]] = [
        lambda: desk.undo(batch),
        lambda: desk.enter(made, batch, {}),
        lambda: desk.bring(made, "P,F\ncó,5"),
    ]
    for refused in acts:
        with pytest.raises(Problem, match=r"surveys\.campaign_closed"):
            refused()
    assert kept(room)[0] == 1
    assert [one.answers for one in desk.listed(made)] == [1], "it stays visible"


def test_a_batch_is_of_one_campaign(room: Room, desk: Desk) -> None:
    made, other = room.open_campaign(), room.open_campaign()
    batch = uuid4()
    desk.enter(made, batch, {})
    with pytest.raises(Problem, match="batch_of_another"):
        desk.enter(other, batch, {})
    taken = desk.bring(made, "P,F\ncó,5")
    with pytest.raises(Problem, match="batch_of_another"):
        desk.enter(made, taken.batch_id, {})


def test_a_stranger_finds_no_batch(room: Room, desk: Desk) -> None:
    made = room.open_campaign()
    batch = uuid4()
    desk.enter(made, batch, {})
    stranger = Desk(room, STRANGER)
    acts: list[Callable[[], object]] = [
        lambda: stranger.undo(batch),
        lambda: stranger.look(batch),
        lambda: stranger.listed(made),
        lambda: stranger.enter(made, uuid4(), {}),
        lambda: stranger.bring(made, "P,F\ncó,5"),
    ]
    for asked in acts:
        with pytest.raises(Problem, match=r"resource\.not_found"):
            asked()
    assert kept(room)[0] == 1
