from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from chassis.audit import audit_entries
from contracts.events.reports import (
    ObligationDueSoon,
    ObligationOverdue,
    ReportReceived,
    ReportReturned,
    ReportSubmitted,
)
from contracts.problems import Problem
from contracts.rpc.base import Actor
from tests.storage.reports.conftest import CLERK, HEAD, OFFICER, Room
from tests.support.reports import OTHER

STRANGER = Actor(role="clerk", schools=(OTHER,))


def code_of(command: Callable[[], object]) -> str:
    with pytest.raises(Problem) as refused:
        command()
    return refused.value.code


def test_in_time(room: Room) -> None:
    room.clock.move(date(2024, 3, 15))
    done = room.submit(room.quarter().obligation_id)
    assert (done.state, done.late_working_days) == ("submitted_on_time", 0)
    assert (done.submitted_on, done.working_days_left) == (date(2024, 3, 15), None)
    assert done.submitted[0].by_name == HEAD.display_name
    room.tick(date(2024, 3, 25))
    assert room.quarter().state == "submitted_on_time"
    assert room.told(ObligationOverdue.name, done.obligation_id) == []


def test_late_by_working_days(room: Room) -> None:
    room.tick(date(2024, 3, 20))
    done = room.submit(room.quarter().obligation_id)
    assert (done.state, done.late_working_days) == ("submitted_late", 2)
    (told,) = room.told(ReportSubmitted.name)
    assert (told.data["late_working_days"], told.data["submission"]) == (2, 1)


def test_late_follows_from_the_day_even_before_the_timer_ran(room: Room) -> None:
    room.clock.move(date(2024, 3, 20))
    owed = room.quarter()
    assert owed.state == "upcoming"
    done = room.submit(owed.obligation_id)
    assert done.state == "submitted_late"
    assert len(room.told(ObligationDueSoon.name, owed.obligation_id)) == 4
    assert len(room.told(ObligationOverdue.name, owed.obligation_id)) == 1


def test_a_returned_report_keeps_its_first_submission(room: Room) -> None:
    obligation_id = room.quarter().obligation_id
    room.clock.move(date(2024, 3, 18))
    room.submit(obligation_id)
    room.clock.move(date(2024, 3, 21))
    returned = room.give_back(obligation_id)
    assert returned.state == "returned"
    assert returned.history[-1].note == "Thiếu biểu số 2"
    room.clock.move(date(2024, 3, 22))
    again = room.submit(obligation_id)
    assert (again.state, again.submitted_on) == ("resubmitted", date(2024, 3, 18))
    assert again.late_working_days == 0
    assert [(s.number, s.late_working_days) for s in again.submitted] == [(1, 0), (2, 4)]
    received = room.receive(obligation_id)
    assert (received.state, received.received_on) == ("received", date(2024, 3, 22))
    for name, number in ((ReportSubmitted, 2), (ReportReturned, 1), (ReportReceived, 1)):
        assert len(room.told(name.name)) == number


def test_two_submissions_at_once_one_wins(room: Room) -> None:
    obligation_id = room.quarter().obligation_id

    def submit(_: int) -> str:
        try:
            return room.submit(obligation_id).state
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(submit, range(8)))
    assert outcomes == ["reports.already_submitted"] * 7 + ["submitted_on_time"]
    assert len(room.told(ReportSubmitted.name)) == 1
    assert len(room.quarter().submitted) == 1


def test_an_exempted_report_is_owed_no_more(room: Room) -> None:
    obligation_id = room.quarter().obligation_id
    assert room.exempt(obligation_id).state == "exempt"
    room.tick(date(2024, 4, 20))
    assert room.quarter().state == "exempt"
    assert code_of(lambda: room.submit(obligation_id)) == "reports.exempted"
    assert code_of(lambda: room.exempt(obligation_id)) == "reports.exempted"


def test_commands_at_the_wrong_time_have_stable_codes(room: Room) -> None:
    obligation_id = room.quarter().obligation_id
    assert code_of(lambda: room.receive(obligation_id)) == "reports.not_submitted"
    room.submit(obligation_id)
    assert code_of(lambda: room.exempt(obligation_id)) == "reports.already_submitted"
    room.receive(obligation_id)
    assert code_of(lambda: room.give_back(obligation_id)) == "reports.already_received"
    assert code_of(lambda: room.submit(obligation_id)) == "reports.already_submitted"


@pytest.mark.parametrize("whose", ["foreign", "nobody's"])
def test_a_foreign_obligation_does_not_exist(room: Room, whose: str) -> None:
    known: UUID = room.quarter().obligation_id
    obligation_id = known if whose == "foreign" else uuid4()
    actor = STRANGER if whose == "foreign" else CLERK
    assert code_of(lambda: room.submit(obligation_id, actor)) == "resource.not_found"
    assert room.listed(STRANGER) == ()
    assert code_of(lambda: room.figures(STRANGER)) == "resource.not_found"


def test_each_command_is_audited(room: Room) -> None:
    obligation_id = room.quarter().obligation_id
    room.submit(obligation_id)
    room.give_back(obligation_id)
    with room.engine.connect() as connection:
        rows = connection.execute(select(audit_entries).order_by(audit_entries.c.id)).all()
    assert [(row.action, row.role, row.school) for row in rows] == [
        ("report.submitted", HEAD.role, "hoa-cuc-mau"),
        ("report.returned", OFFICER.role, "hoa-cuc-mau"),
    ]
    assert rows[0].before["state"] == "upcoming"
    assert rows[0].after["state"] == "submitted_on_time"
    assert "biểu" not in str(rows)  # what a person wrote stays in the steps


def test_it_is_known_whether_the_period_is_over(room: Room) -> None:
    room.clock.move(date(2024, 3, 14))
    assert not room.quarter().period_over
    room.clock.move(date(2024, 3, 15))
    assert room.quarter().period_over
