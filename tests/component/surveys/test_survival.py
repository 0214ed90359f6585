"""Nothing is lost and nothing doubled when the process dies in between."""

from datetime import date

from contracts.events.surveys import CampaignOpened, ResponseSubmitted
from contracts.rpc import surveys as m
from contracts.rpc.base import PARENT
from surveys.domain.campaigns import start_of
from tests.component.surveys.conftest import Surveys
from tests.support.rpc import Rpc
from tests.support.schools import SCHOOL
from tests.support.surveys import submission


def test_killed_while_answers_come_in(surveys: Surveys, amqp_url: str) -> None:
    surveys.register(SCHOOL, surveys.move_clock(2024, 3, 4))
    tthc = next(c for c in surveys.wait_for("open", 2) if c.form == "tthc")
    batches = [[submission(tthc.slug) for _ in range(40)] for _ in range(12)]
    requests = [m.SubmitResponses(items=tuple(batch)) for batch in batches]
    for number, request in enumerate(requests):
        surveys.rpc.publish("surveys.submit_responses", request, actor=PARENT)
        if number == 5:
            first = surveys.rpc.collect(m.Outcomes).items
            surveys.process.kill()
    surveys.process.start()
    # the sender knows of one batch only; it sends everything again, as the gateway does
    with Rpc(amqp_url) as again:
        outcomes = [
            again.call("surveys.submit_responses", request, m.Outcomes, actor=PARENT).items
            for request in requests
        ]
    assert {o.status for batch in outcomes for o in batch} <= {"stored", "repeated"}
    assert outcomes[0] == tuple(o.model_copy(update={"status": "repeated"}) for o in first), (
        "the receipt of then"
    )
    assert surveys.number("SELECT count(*) FROM responses") == 480
    told = surveys.reports.hear(ResponseSubmitted.name, 480)
    sent = {item.correlation_id for batch in batches for item in batch}
    assert len(told) == 480
    assert {envelope.correlationid for envelope in told} == sent


def test_killed_before_the_calendar_moves(surveys: Surveys) -> None:
    surveys.register(SCHOOL, surveys.move_clock(2024, 1, 10))
    surveys.wait_for("planned", 2)
    surveys.process.kill()
    surveys.move_clock(2024, 3, 20)
    surveys.process.start()
    surveys.wait_for("closed", 2)
    opened = surveys.reports.hear(CampaignOpened.name, 2)
    assert {envelope.time for envelope in opened} == {start_of(date(2024, 3, 1))}


def test_a_school_told_twice_is_one_school(surveys: Surveys) -> None:
    at = surveys.move_clock(2024, 1, 10)
    surveys.register(SCHOOL, at)
    surveys.register(SCHOOL, at)
    surveys.wait_for("planned", 2)
    surveys.register("con-thuyen-la", at)
    surveys.wait_for("planned", 4)
    assert surveys.number("SELECT count(*) FROM campaigns") == 4
