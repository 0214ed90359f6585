"""Petitions: received once, answered by whom they are for, overdue by themselves."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc import petitions as p
from contracts.rpc.base import PARENT
from inspections.application import petitions
from tests.storage.inspections.conftest import Clock, Room, at_once
from tests.support.inspections import HEAD, OFFICER, OTHER_HEAD
from tests.support.schools import SCHOOL


def text_of(**changed: Any) -> p.SubmitPetition:
    given: dict[str, Any] = {
        "submission_id": uuid4(),
        "school": SCHOOL,
        "kind": "petition",
        "text": "Phiếu hẹn không ghi ngày trả (thí dụ)",
        "contact": "phu-huynh@example.org",
    }
    return p.SubmitPetition(**(given | changed))


def submit(room: Room, wanted: p.SubmitPetition) -> p.PetitionReceipt:
    return room.ask(petitions.submit_petition, wanted, PARENT)


def look(room: Room, receipt: str) -> p.PublicPetition:
    wanted = p.GetPublicPetition(receipt=receipt)
    return room.ask(petitions.get_public_petition, wanted, PARENT)


def listed(room: Room, actor: Any = HEAD) -> tuple[p.Petition, ...]:
    return room.ask(petitions.list_petitions, p.ListPetitions(), actor).items


def answer(room: Room, one: p.Petition, actor: Any = HEAD) -> p.Petition:
    wanted = p.AnswerPetition(petition_id=one.petition_id, text="Đã bổ sung ngày trả")
    return room.ask(petitions.answer_petition, wanted, actor)


def test_from_receipt_to_answer(room: Room, clock: Clock) -> None:
    receipt = submit(room, text_of())
    assert receipt.due_on == date(2024, 3, 25)
    assert look(room, receipt.receipt).state == "open"
    (one,) = listed(room)
    assert (one.source, one.contact) == ("public", "phu-huynh@example.org")
    clock.pass_days(1)
    assert answer(room, one).late_working_days == 0
    shown = look(room, f" {receipt.receipt[:6].lower()}-{receipt.receipt[6:]} ")
    assert (shown.state, shown.answer) == ("answered", "Đã bổ sung ngày trả")
    for wrong in ("AAAA", "'; --", ""):
        with pytest.raises(Problem) as unknown:
            look(room, wrong)
        assert unknown.value.code == "inspections.unknown_receipt"


def test_events_and_audit_carry_no_text_and_no_contact(room: Room) -> None:
    submit(room, text_of(text="bí mật riêng", contact="rieng@example.org"))
    for table in ("events", "audit_entries", "evaluations"):
        found = f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%bí mật%'"  # noqa: S608
        assert room.number(found) == 0
        assert room.number(found.replace("bí mật", "rieng@")) == 0
    (above,) = listed(room, OFFICER)
    assert above.contact == "", "the contact is for whom it was left"


def test_the_same_submission_is_the_same_petition(room: Room) -> None:
    wanted = text_of()
    outcomes = at_once(*(partial(submit, room, wanted) for _ in range(6)))
    assert len({o.receipt for o in outcomes if isinstance(o, p.PetitionReceipt)}) == 1
    assert len(listed(room)) == 1
    assert len(room.told("inspections.petition_received")) == 1
    with pytest.raises(Problem) as other:
        submit(room, wanted.model_copy(update={"text": "khác"}))
    assert other.value.code == "inspections.submission_differs"


@pytest.mark.parametrize(
    ("changed", "proposes"),
    [
        ({"about_procedures": True}, True),
        ({"about_procedures": False}, False),
        ({"about_procedures": True, "kind": "suggestion"}, False),
    ],
)
def test_a_petition_about_procedures_proposes_an_inspection(
    room: Room, changed: dict[str, Any], proposes: bool
) -> None:
    submit(room, text_of(**changed))
    assert [i.rule for i in room.listed()] == ["petition-about-procedures"] * proposes
    (why,) = room.evaluations()
    assert why.fired is proposes
    if proposes:
        (received,) = room.told("inspections.petition_received")
        (proposed,) = room.told("inspections.inspection_proposed")
        assert proposed["causation_id"] == received["id"]
        assert proposed["correlation_id"] == received["correlation_id"]


def test_what_concerns_the_head_is_answered_above(room: Room) -> None:
    submit(room, text_of(concerns_head=True, about_procedures=True))
    assert listed(room) == ()
    assert room.listed(HEAD) == ()
    (one,) = listed(room, OFFICER)
    assert one.contact
    with pytest.raises(Problem) as hidden:
        answer(room, one)
    assert hidden.value.code == "resource.not_found"
    assert answer(room, one, OFFICER).state == "answered"


def test_it_is_overdue_by_itself_and_once(room: Room, clock: Clock) -> None:
    submit(room, text_of())
    (one,) = listed(room)
    with pytest.raises(Problem) as above:
        answer(room, one, OFFICER)
    assert above.value.code == "inspections.head_decides"
    clock.pass_days(22)
    assert room.lapse() == 1
    assert room.lapse() == 0
    assert listed(room)[0].state == "overdue"
    assert answer(room, one).late_working_days == 1
    (told,) = room.told("inspections.petition_answered")
    assert told["data"]["late_working_days"] == 1


def test_staff_enter_what_they_were_told(room: Room, clock: Clock) -> None:
    today = clock.now.date()
    given = text_of().model_dump()
    late = p.ReceivePetition(**given, received_on=today - timedelta(days=60))
    received = room.ask(petitions.receive_petition, late)
    assert (received.source, received.late_working_days > 0) == ("staff", True)
    assert room.lapse() == 1
    (told,) = room.told("inspections.petition_received")
    (overdue,) = room.told("inspections.petition_overdue")
    assert overdue["occurred_at"] >= told["occurred_at"]
    for day in (today + timedelta(days=1), today - timedelta(days=400)):
        with pytest.raises(Problem) as wrong:
            room.ask(
                petitions.receive_petition,
                p.ReceivePetition(**text_of().model_dump(), received_on=day),
            )
        assert wrong.value.code == "request.invalid"


def test_unknown_and_foreign_schools(room: Room) -> None:
    for act in (
        partial(submit, room, text_of(school="khong-co")),
        partial(
            room.ask,
            petitions.receive_petition,
            p.ReceivePetition(**text_of().model_dump()),
            OTHER_HEAD,
        ),
    ):
        with pytest.raises(Problem) as unknown:
            act()
        assert unknown.value.code == "inspections.unknown_school"
    assert listed(room, OTHER_HEAD) == ()
