"""One-time codes: each lets one answer in, and nothing of it is left beside the answer."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from contracts.codes import fingerprint, make_code
from contracts.problems import Problem
from contracts.rpc.base import Actor, Call
from contracts.rpc.campaign_access import (
    CampaignAccess,
    ChangeCampaignAccess,
    GetCampaignAccess,
    IssueCodes,
)
from contracts.rpc.surveys import Outcome
from surveys.application.access import change_access, get_access, issue_codes
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.conftest import Room
from tests.storage.surveys.test_submitting import codes
from tests.support.surveys import submission

HEAD = Actor(role="principal", schools=("hoa-cuc-mau",))
STRANGER = Actor(role="principal", schools=("con-thuyen-la",))
CLASSES = ("Mầm 1", "Lá 2")


def of_codes(room: Room) -> Campaign:
    return room.open_campaign(access="codes", classes=CLASSES)


def issue(
    room: Room, made: Campaign, number: int, class_code: str | None = None, actor: Actor = HEAD
) -> list[str]:
    """Make codes as the gateway does; returns their fingerprints."""
    marks = [fingerprint(made.id, make_code(secrets.randbits)) for _ in range(number)]
    wanted = IssueCodes(campaign_id=made.id, class_code=class_code, fingerprints=tuple(marks))
    with room.units.for_call(Call(actor=actor, correlation_id=uuid4())) as work:
        issue_codes(work, wanted)
    return marks


def change(room: Room, campaign_id: UUID, actor: Actor = HEAD, **to: object) -> CampaignAccess:
    wanted = ChangeCampaignAccess.model_validate({"campaign_id": campaign_id} | to)
    with room.units.for_call(Call(actor=actor, correlation_id=uuid4())) as work:
        return change_access(work, wanted)


def test_a_code_works_once(room: Room) -> None:
    made = of_codes(room)
    one, other = (issue(room, made, 1)[0] for _ in range(2))
    first = submission(made.slug, code=one)
    (stored,) = room.submit(first)
    assert stored.status == "stored"
    assert codes(room.submit(submission(made.slug, code=one))) == ["surveys.code_refused"]
    (again,) = room.submit(first)
    assert (again.status, again.receipt) == ("repeated", stored.receipt)
    outcomes = room.submit(
        submission(made.slug),
        submission(made.slug, code="0" * 64),
        submission(made.slug, code=other),
        submission(made.slug, code=other),
        submission(made.slug, source="paper"),
    )
    assert codes(outcomes) == [
        "surveys.code_required",
        "surveys.code_refused",
        "stored",
        "surveys.code_refused",
        "stored",
    ]
    assert room.numbers("SELECT count(*) FROM codes") == [(0,)]


def test_a_code_of_another_campaign_is_none(room: Room) -> None:
    made, other = of_codes(room), of_codes(room)
    (mark,) = issue(room, other, 1)
    assert codes(room.submit(submission(made.slug, code=mark))) == ["surveys.code_refused"]
    assert room.numbers("SELECT count(*) FROM codes") == [(1,)]


def test_wrong_answers_leave_the_code_free(room: Room) -> None:
    made = of_codes(room)
    (mark,) = issue(room, made, 1)
    wrong = submission(made.slug, code=mark, answers={"P": "yes", "F": 9})
    assert codes(room.submit(wrong)) == ["surveys.answers_invalid"]
    assert codes(room.submit(submission(made.slug, code=mark))) == ["stored"]


def test_of_twenty_at_once_with_one_code_one_is_stored(room: Room) -> None:
    made = of_codes(room)
    mark, *spare = issue(room, made, 41)
    together = Barrier(20)

    def send(number: int) -> Outcome:
        mine = submission(made.slug, code=mark)
        # neighbours whose codes come in another order each time: batches must not deadlock
        others = [submission(made.slug, code=code) for code in spare[number * 2 : number * 2 + 2]]
        shuffled = [*others[:1], mine, *others[1:]] if number % 2 else [mine, *others]
        together.wait()
        outcomes = room.submit(*shuffled)
        return outcomes[shuffled.index(mine)]

    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(send, range(20)))
    assert sorted(codes(tuple(outcomes))) == ["stored"] + ["surveys.code_refused"] * 19
    assert room.numbers("SELECT count(*) FROM responses") == [(41,)]
    assert room.numbers("SELECT count(*) FROM events") == [(41,)]
    assert room.numbers("SELECT count(*) FROM codes") == [(0,)]


def test_a_double_tap_with_one_code_gets_one_receipt(room: Room) -> None:
    made = of_codes(room)
    same = submission(made.slug, code=issue(room, made, 1)[0])
    together = Barrier(20)

    def send(_: int) -> Outcome:
        together.wait()
        return room.submit(same)[0]

    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(send, range(20)))
    assert sorted(o.status for o in outcomes) == ["repeated"] * 19 + ["stored"]
    assert len({o.receipt for o in outcomes}) == 1
    assert room.numbers("SELECT count(*) FROM responses") == [(1,)]


def test_nothing_leads_from_a_code_to_an_answer(room: Room) -> None:
    made = of_codes(room)
    marks = issue(room, made, 3, "Lá 2")
    room.submit(*(submission(made.slug, code=mark) for mark in marks[:2]))
    left = room.numbers("SELECT encode(fingerprint, 'hex') FROM codes")
    assert left == [(marks[2],)]
    for table in ("responses", "events", "outbox", "audit_entries", "code_issues"):
        text = str(room.numbers(f"SELECT to_jsonb(t)::text FROM {table} t"))  # noqa: S608
        assert not [mark for mark in marks if mark in text], table


def test_the_class_is_that_of_the_code_or_of_the_link(room: Room) -> None:
    made, linked = of_codes(room), room.open_campaign(classes=CLASSES)
    of_class, of_school = issue(room, made, 1, "Lá 2"), issue(room, made, 1)
    room.submit(
        submission(made.slug, code=of_class[0], class_code="Mầm 1"),
        submission(made.slug, code=of_school[0], class_code="Mầm 1"),
        submission(linked.slug, class_code="Mầm 1"),
        submission(linked.slug, class_code="Chồi 9"),
        submission(linked.slug),
    )
    stored = room.numbers(
        "SELECT campaign_id = %(made)s, class_code, count(*) FROM responses"
        " GROUP BY 1, 2 ORDER BY 1, 2",
        made=made.id,
    )
    assert stored == [
        (False, "Mầm 1", 1),
        (False, None, 2),
        (True, "Lá 2", 1),
        (True, None, 1),
    ]
    told = str(room.numbers("SELECT data FROM events"))
    assert "Mầm" not in told
    assert "Lá" not in told


def test_staff_learn_how_many_codes_there_are_and_not_which_were_used(room: Room) -> None:
    made = of_codes(room)
    marks = issue(room, made, 5, "Lá 2") + issue(room, made, 3)
    room.submit(submission(made.slug, code=marks[0]))
    with room.units.for_call(Call(actor=HEAD, correlation_id=uuid4())) as work:
        shown = get_access(work, GetCampaignAccess(campaign_id=made.id))
    assert shown.issued == 8
    assert {(one.class_code, one.number) for one in shown.issues} == {("Lá 2", 5), (None, 3)}


def test_who_may_answer_is_changed_until_the_closing(room: Room) -> None:
    made = room.open_campaign()
    shown = change(room, made.id, access="codes", classes=["3A", "3B"])
    assert (shown.access, shown.classes, shown.issued) == ("codes", ("3A", "3B"), 0)
    assert room.read(made.id).classes == ("3A", "3B")
    for actor, code in ((STRANGER, "resource.not_found"), (HEAD, "surveys.campaign_closed")):
        closed = room.open_campaign(state="closed", closed_on=made.opens_on, responses=0)
        with pytest.raises(Problem) as problem:
            change(room, closed.id, actor, access="open")
        assert problem.value.code == code


def test_codes_are_issued_where_they_are_of_use(room: Room) -> None:
    made, linked = of_codes(room), room.open_campaign()
    for campaign, class_code, actor, code in (
        (linked, None, HEAD, "surveys.open_to_all"),
        (made, "Chồi 9", HEAD, "surveys.unknown_class"),
        (made, None, STRANGER, "resource.not_found"),
    ):
        with pytest.raises(Problem) as problem:
            issue(room, campaign, 1, class_code, actor)
        assert problem.value.code == code
    assert room.numbers("SELECT count(*) FROM codes") == [(0,)]
