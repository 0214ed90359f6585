"""What parents wrote, read by the heads of their school."""

from datetime import date
from typing import Any

from contracts.rpc.base import Actor
from contracts.rpc.comments import Comments, ListComments
from surveys.application import comments
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.closed import (
    HEAD,
    SCHOOL,
    Answers,
    answer,
    call,
    care,
    care_campaign,
    finish,
)
from tests.storage.surveys.conftest import Room


def written(text: str) -> Answers:
    return care(5, Q26=text)


def read(room: Room, made: Campaign, actor: Actor = HEAD, **wanted: Any) -> Comments:
    with room.units.for_call(call(actor)) as work:
        return comments.list_comments(work, ListComments(campaign_id=made.id, **wanted))


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
    whole = read(room, made, size=500)
    assert (whole.pages, whole.items[:50]) == (1, page.items)
    assert [(one.code, one.number) for one in page.asked] == [("Q25", None), ("Q26", 64)]
    assert {one.day for one in page.items} == {date(2024, 3, 5)}
    for search, count in (("hoà", 1), ("hoa nha", 1), ("duong", 1), ("Ý KIẾN", 60), ("%", 0)):
        assert read(room, made, search=search).found == count, search
    assert read(room, made, item="Q25").found == 0, "fewer than five are hidden"
    entries = room.numbers("SELECT role, school FROM audit_entries WHERE action = 'read_comments'")
    assert set(entries) == {("principal", SCHOOL)}
