"""A file of answers from paper: all rows or none, once, and seen while it is stored."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from contracts.problems import Problem
from surveys.application import batches, importing
from tests.storage.surveys.conftest import Room
from tests.storage.surveys.desk import Desk, kept
from tests.storage.surveys.test_closing import close_now


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room)


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
