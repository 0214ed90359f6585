"""Slips from paper: visible as a batch, undone until the campaign closes."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from contracts.events.surveys import (
    ImproperDemandReported,
    ImproperDemandWithdrawn,
    ResponsesWithdrawn,
)
from contracts.problems import Problem
from contracts.rpc import batches as m
from contracts.rpc.base import Actor
from tests.storage.surveys.conftest import Clock, Room
from tests.storage.surveys.desk import Desk, kept
from tests.storage.surveys.test_closing import close_now
from tests.support.surveys import submission

STRANGER = Actor(role="clerk", schools=("con-thuyen-la",))


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room)


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
