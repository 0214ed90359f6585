"""Rows that are nobody's, over a real database."""

from contracts.rpc.rows import GetRows
from surveys.application import rows
from tests.storage.surveys.closed import (
    answer,
    call,
    finish,
)
from tests.storage.surveys.conftest import Room


def test_rows_are_nobody_s_and_add_up(room: Room) -> None:
    made = room.open_campaign()
    alike = {"P": "yes", "A1": 5, "C3": "no", "G": "no", "F": 5}
    answer(room, made, [alike] * 7 + [{"P": "no"}] * 5)
    answer(room, made, [{"P": "yes", "A1": n, "F": n, "D1": 4} for n in (1, 2, 3, 4)])
    finish(room, made)
    with room.units.for_call(call()) as work:
        told = rows.get_rows(work, GetRows(campaign_id=made.id))
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
