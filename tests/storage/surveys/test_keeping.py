"""What people wrote is kept as long as a rule says, or until somebody asks for its erasure."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc import keeping as m
from contracts.rpc.base import Actor
from contracts.rpc.comments import ListComments
from contracts.rpc.surveys import DemandDetail, GetDemand
from surveys.application import comments, demands, keeping
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.closed import (
    HEAD,
    OFFICER,
    SCHOOL,
    STRANGER,
    answer,
    call,
    care,
    care_campaign,
    finish,
)
from tests.storage.surveys.conftest import Clock, Room
from tests.support.surveys import submission

BASIS = "Luật số 91/2025/QH15"


def rule(**changed: object) -> m.SetKeepingRule:
    given = {"words": "comments", "valid_from": "2024-03-06", "months": 3, "legal_basis": BASIS}
    return m.SetKeepingRule.model_validate(given | changed)


def set_rule(room: Room, wanted: m.SetKeepingRule) -> m.KeepingRule:
    with room.units.for_call(call(OFFICER)) as work:
        return keeping.set_keeping_rule(work, wanted)


def closed(room: Room, comments_made: int = 6) -> Campaign:
    """A campaign that closed on 15 March 2024, with comments and a report."""
    made = care_campaign(room)
    answer(room, made, [care(5, Q26=f"Bà Năm nói {n}") for n in range(comments_made)])
    told = {"kind": "fee", "what": "Ông Sáu thu tiền", "when": "hôm qua"}
    room.submit(submission(made.slug, answers={"Q23": 2}, demand=told))
    finish(room, made)
    return made


def report(room: Room, actor: Actor = OFFICER) -> DemandDetail:
    [(report_id,)] = room.numbers("SELECT id FROM demand_reports")
    assert isinstance(report_id, UUID)
    with room.units.for_call(call(actor)) as work:
        return demands.get_demand(work, GetDemand(report_id=report_id))


def everything(room: Room) -> str:
    """Every text that the database holds of what people wrote."""
    return str(
        room.numbers("SELECT body, search_text FROM comments")
        + room.numbers('SELECT what, "when" FROM demand_reports')
    )


def test_words_go_when_their_months_are_over_and_figures_stay(room: Room, clock: Clock) -> None:
    made = closed(room)
    set_rule(room, rule())
    set_rule(room, rule(words="reports", months=4))
    clock.now = datetime(2024, 6, 14, 16, tzinfo=UTC)
    assert keeping.erase_all(room.units) == {"comments": 0, "reports": 0}, "a day is left"
    clock.now = datetime(2024, 6, 14, 17, tzinfo=UTC)  # the 15th in Vietnam
    assert keeping.erase_all(room.units) == {"comments": 6, "reports": 0}
    assert "Bà Năm" not in everything(room)
    assert report(room).what == "Ông Sáu thu tiền"
    with room.units.for_call(call(HEAD)) as work:
        told = comments.list_comments(work, ListComments(campaign_id=made.id))
    assert (told.items, told.erased_on) == ((), date(2024, 6, 15))

    clock.now = datetime(2024, 7, 15, tzinfo=UTC)
    assert keeping.erase_all(room.units) == {"comments": 0, "reports": 1}
    assert "Ông Sáu" not in everything(room)
    gone = report(room)
    assert (gone.what, gone.when, gone.kind) == ("", "", "fee"), "that it was made stays"
    assert gone.erased_on == date(2024, 7, 15)
    assert room.numbers("SELECT count(*) FROM responses") == [(7,)]
    audit = room.numbers(
        "SELECT action, role, school, after FROM audit_entries WHERE role = 'system' ORDER BY id"
    )
    assert audit == [
        ("erase_comments", "system", SCHOOL, {"number": 6}),
        ("erase_reports", "system", SCHOOL, {"number": 1}),
    ]


def test_without_a_rule_that_holds_words_are_kept(room: Room, clock: Clock) -> None:
    closed(room)
    clock.now = datetime(2025, 12, 31, tzinfo=UTC)
    assert keeping.erase_all(room.units) == {"comments": 0, "reports": 0}
    clock.now = datetime(2026, 3, 15, tzinfo=UTC)  # the shipped one holds, and two years are over
    assert keeping.erase_all(room.units) == {"comments": 6, "reports": 0}


def test_what_is_open_or_closed_late_keeps_its_words(room: Room, clock: Clock) -> None:
    closed(room)
    open_one = care_campaign(room)
    answer(room, open_one, [care(5, Q26="Ý kiến đang mở")])
    set_rule(room, rule(months=1))
    clock.now = datetime(2024, 4, 20, tzinfo=UTC)
    assert keeping.erase_all(room.units)["comments"] == 6
    assert "Ý kiến đang mở" in everything(room)


def test_a_rule_begins_ahead_and_the_newest_holds(room: Room, clock: Clock) -> None:
    for day in ("2024-03-05", "2024-01-01"):
        with pytest.raises(Problem, match=r"surveys\.keeping_began"):
            set_rule(room, rule(valid_from=day))
    assert set_rule(room, rule(months=9)).in_force is False
    set_rule(room, rule(months=1))
    set_rule(room, rule(valid_from="2024-04-01", months=120))
    with room.units.for_call(call(HEAD)) as work:
        listed = keeping.list_keeping_rules(work, m.ListKeepingRules()).items
    own = [(str(one.valid_from), one.months) for one in listed if one.valid_from.year == 2024]
    assert own == [("2024-04-01", 120), ("2024-03-06", 1)], "of one day the last stays"
    closed(room)
    clock.now = datetime(2024, 6, 1, tzinfo=UTC)
    assert keeping.erase_all(room.units)["comments"] == 0, "kept ten years now"


def first_comment(room: Room) -> UUID:
    found = room.numbers("SELECT id FROM comments ORDER BY id LIMIT 1")[0][0]
    assert isinstance(found, UUID)
    return found


def erase_comment(room: Room, made: Campaign, comment_id: UUID, actor: Actor = HEAD) -> m.Erased:
    wanted = m.EraseComment(campaign_id=made.id, comment_id=comment_id, reason="Yêu cầu ngày 5/3")
    with room.units.for_call(call(actor)) as work:
        return keeping.erase_comment(work, wanted)


def test_one_comment_is_erased_and_the_reason_stays(room: Room) -> None:
    made = closed(room)
    assert erase_comment(room, made, first_comment(room)).number == 1
    assert room.numbers("SELECT count(*) FROM comments") == [(5,)]
    [(after, role)] = room.numbers(
        "SELECT after, role FROM audit_entries WHERE action = 'erase_comment'"
    )
    assert (after, role) == ({"item": "Q26", "reason": "Yêu cầu ngày 5/3"}, "principal")


def test_what_is_not_shown_can_t_be_erased(room: Room) -> None:
    made, other = closed(room, 4), care_campaign(room)
    for campaign, comment_id, actor in (
        (made, first_comment(room), HEAD),  # four are hidden
        (other, first_comment(room), HEAD),
        (made, uuid4(), HEAD),
        (made, first_comment(room), STRANGER),
    ):
        with pytest.raises(Problem, match=r"resource\.not_found"):
            erase_comment(room, campaign, comment_id, actor)
    assert room.numbers("SELECT count(*) FROM comments") == [(4,)]


def test_the_words_of_a_report_are_erased_by_who_may_read_it(room: Room) -> None:
    closed(room)
    wanted = m.EraseReport(report_id=report(room).report_id, reason="Người bị nêu tên yêu cầu")
    with (
        pytest.raises(Problem, match=r"resource\.not_found"),
        room.units.for_call(call(STRANGER)) as work,
    ):
        keeping.erase_report(work, wanted)
    with room.units.for_call(call(OFFICER)) as work:
        assert keeping.erase_report(work, wanted).number == 1
    gone = report(room)
    assert (gone.what, gone.erased_on) == ("", date(2024, 3, 5))
