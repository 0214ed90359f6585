"""Who is told of a document, and when; what was sent stays as it is."""

from uuid import UUID

from contracts.rpc import documents as m
from contracts.rpc.base import Actor
from reports.application import documents
from tests.storage.reports.conftest import CLERK, HEAD, OFFICER, Room
from tests.storage.reports.papers import DAY, TITLES, compose, enter, file, number, refusal
from tests.support.reports import OTHER


def test_a_document_is_told_inside_the_school_alone_until_it_is_sent(room: Room) -> None:
    made = compose(room).document_id

    def listed(actor: Actor) -> list[UUID]:
        with room.call(actor) as work:
            asked = m.ListDocuments(obligation_id=room.quarter().obligation_id)
            return [one.document_id for one in documents.list_documents(work, asked).items]

    assert (listed(HEAD), listed(OFFICER)) == ([made], [])
    assert refusal(lambda: file(room, made, actor=OFFICER)).code == "resource.not_found"
    number(room, made)
    assert (listed(HEAD), listed(OFFICER)) == ([made], [])
    assert refusal(lambda: file(room, made, actor=OFFICER)).code == "resource.not_found"
    room.submit(room.quarter().obligation_id)
    assert listed(OFFICER) == [made]
    assert file(room, made, actor=OFFICER) == file(room, made)
    # What is written after a return is the school's own again.
    room.give_back(room.quarter().obligation_id)
    again = compose(room).document_id
    number(room, again, 6)
    assert (set(listed(HEAD)), listed(OFFICER)) == ({made, again}, [made])
    room.submit(room.quarter().obligation_id)
    assert set(listed(OFFICER)) == {made, again}


def test_a_document_that_is_numbered_after_sending_is_told_at_once(room: Room) -> None:
    made = compose(room).document_id
    room.submit(room.quarter().obligation_id)
    enter(room, made)
    with room.call(OFFICER) as work:
        assert documents.get_document(work, m.GetDocument(document_id=made)).number == 5


def test_an_exempted_report_gets_no_document(room: Room) -> None:
    room.exempt(room.quarter().obligation_id)
    assert refusal(lambda: compose(room)).code == "reports.exempted"


def test_what_was_sent_is_written_no_more(room: Room) -> None:
    room.submit(room.quarter().obligation_id)

    def write() -> None:
        with room.call(CLERK) as work:
            documents.compose_document(
                work,
                m.ComposeDocument(
                    obligation_id=room.quarter().obligation_id,
                    place="Quận Mẫu",
                    issued_on=DAY,
                    signer="A",
                    units=TITLES,
                ),
            )

    assert refusal(write).code == "reports.already_submitted"


def test_a_foreign_document_does_not_exist(room: Room) -> None:
    made = compose(room).document_id
    stranger = Actor(role="clerk", schools=(OTHER,))
    assert refusal(lambda: file(room, made, actor=stranger)).code == "resource.not_found"
