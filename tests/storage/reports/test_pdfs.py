"""PDFs of issued documents: made one by one, tried three times, given up by the dead."""

from datetime import timedelta

from sqlalchemy import text

from reports.application import converting
from reports.domain.documents.checking import check
from tests.storage.reports.conftest import Room
from tests.storage.reports.papers import compose, file, number, refusal
from tests.support.letters import LAYOUT


def test_pdfs_are_made_one_by_one(room: Room) -> None:
    made = compose(room).document_id
    number(room, made)
    seen: list[bool] = []

    def convert(docx: bytes) -> bytes:
        # While one converts, no other replica begins.
        seen.append(converting.convert_next(room.units, convert))
        assert check(docx, LAYOUT) == ()
        return b"%PDF"

    assert converting.convert_next(room.units, convert)
    assert seen == [False]
    assert file(room, made, "pdf") == b"%PDF"
    assert not converting.convert_next(room.units, convert)


def test_what_cannot_be_converted_fails_after_three_attempts(room: Room) -> None:
    made = compose(room).document_id
    number(room, made)
    attempts = 0

    def fail(_: bytes) -> bytes:
        nonlocal attempts
        attempts += 1
        raise OSError("soffice crashed")

    while converting.convert_next(room.units, fail):
        pass
    assert attempts == 3
    assert refusal(lambda: file(room, made, "pdf")).params == {"state": "failed"}
    with room.call() as work:
        assert work.documents.pdfs() == {"failed": 1}
        assert work.documents.convert_failed_again() == 1
        assert work.documents.pdfs() == {"waiting": 1}
    assert converting.convert_next(room.units, lambda _: b"%PDF")
    with room.call() as work:
        assert work.documents.pdfs() == {}
        assert work.documents.convert_failed_again() == 0


def test_a_claim_of_a_dead_process_is_given_up(room: Room) -> None:
    made = compose(room).document_id
    number(room, made)
    with room.call() as work:
        assert work.documents.claim_conversion(converting.LEASE) is not None
    assert not converting.convert_next(room.units, lambda _: b"%PDF")
    with room.engine.begin() as connection:
        connection.execute(
            text("UPDATE documents SET pdf_claimed_at = pdf_claimed_at - :lease"),
            {"lease": converting.LEASE + timedelta(seconds=1)},
        )
    assert converting.convert_next(room.units, lambda _: b"%PDF")
    assert file(room, made, "pdf") == b"%PDF"
