"""A report that lacks a part of what it has to hold is not sent (plan, R9: "đúng nội dung")."""

import base64
from datetime import date, datetime
from uuid import UUID

import pytest

from contracts.problems import Problem
from contracts.rpc import obligations as o
from contracts.rpc import preparing as p
from reports.application import commands, preparing
from tests.storage.reports.conftest import CLERK, HEAD, OFFICER, VIETNAM, Room
from tests.storage.reports.papers import compose
from tests.storage.reports.steps import PDF, seen_by


@pytest.fixture
def report(room: Room) -> UUID:
    """The periodic report of the first quarter, of which nothing is written; it is 15 March."""
    room.clock.move(date(2024, 3, 15))
    return room.quarter().obligation_id


def submit(room: Room, report: UUID, *holds: int) -> o.ObligationDetail:
    with room.call(HEAD) as work:
        return commands.submit_report(work, o.SubmitReport(obligation_id=report, holds=holds))


def record(room: Room, report: UUID, *holds: int) -> o.ObligationDetail:
    with room.call(CLERK) as work:
        request = p.RecordSent(
            obligation_id=report,
            sent_at=datetime(2024, 3, 15, 7, tzinfo=VIETNAM),
            file_name="12-BC-MNHC.pdf",
            content=base64.b64encode(PDF).decode(),
            holds=holds,
        )
        return preparing.record_sent(work, request)


def missing(room: Room, report: UUID, *holds: int) -> str:
    with pytest.raises(Problem) as refused:
        submit(room, report, *holds)
    assert refused.value.code == "reports.incomplete"
    return str(refused.value.params["missing"])


def test_an_incomplete_report_is_refused_with_what_it_lacks(room: Room, report: UUID) -> None:
    assert missing(room, report) == "1, 2, 3, 4, 5"
    assert missing(room, report, 1, 3, 9) == "2, 4, 5"
    assert seen_by(room, HEAD, report).submissions == 0
    done = submit(room, report, 1, 2, 3, 4, 5)
    assert done.state == "submitted_on_time"
    assert done.history[-1].params["vouched"] == "1, 2, 3, 4, 5"


def test_what_its_document_says_nobody_has_to_vouch_for(room: Room, report: UUID) -> None:
    # Part 2 fills itself with figures.
    compose(room, texts=("Đã làm.", "", "Không."))
    assert seen_by(room, CLERK, report).written == (1, 2, 3)
    assert missing(room, report) == "4, 5"
    assert submit(room, report, 4, 5).history[-1].params["vouched"] == "4, 5"


def test_a_whole_document_needs_no_word(room: Room, report: UUID) -> None:
    compose(room)
    assert "vouched" not in submit(room, report).history[-1].params


def test_what_is_written_is_told_inside_the_school_alone(room: Room, report: UUID) -> None:
    compose(room)
    assert seen_by(room, OFFICER, report).written == ()


def test_the_e_office_is_no_way_around_it(room: Room, report: UUID) -> None:
    with pytest.raises(Problem, match=r"reports\.incomplete"):
        record(room, report, 1, 2, 3, 4)
    assert record(room, report, 1, 2, 3, 4, 5).state == "submitted_on_time"


def test_a_report_that_came_back_is_looked_at_anew(room: Room, report: UUID) -> None:
    submit(room, report, 1, 2, 3, 4, 5)
    room.give_back(report)
    assert missing(room, report) == "1, 2, 3, 4, 5"
