"""What no message may hold: days far away, half letters, numbers that are none."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts.days import Day
from contracts.envelope import Envelope
from contracts.rpc.duty import GetDutyRatio
from contracts.rpc.inspections import CheckedItem
from contracts.rpc.surveys import SubmissionId
from contracts.written import Sentence


@pytest.mark.parametrize("value", ["2000-01-01", "2099-12-31", date(2024, 2, 29)])
def test_a_day_of_this_century_is_taken(value: object) -> None:
    assert str(TypeAdapter(Day).validate_python(value)) == str(value)


@pytest.mark.parametrize(
    "value",
    [
        "0001-01-01",
        "9999-12-31",
        "1999-12-31",
        "2023-02-29",
        "2024-03-21T00:00:00Z",
        "1710979200",
        1710979200,
        datetime(2024, 3, 21, tzinfo=UTC),
        "21/03/2024",
        None,
    ],
)
def test_no_other_day_and_no_moment_is(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(value)


def envelope(time: str) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "source": "/kipthoi/surveys",
        "type": "surveys.campaign_opened",
        "time": time,
        "correlationid": str(uuid4()),
        "data": {},
    }


@pytest.mark.parametrize(
    "time", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2024-03-21T08:00:00"]
)
def test_an_event_lies_in_this_century_and_says_its_zone(time: str) -> None:
    with pytest.raises(ValidationError):
        Envelope.model_validate(envelope(time))


def test_an_event_of_any_zone_is_read() -> None:
    read = Envelope.model_validate(envelope("2024-03-21T08:00:00+07:00"))
    assert read.time == datetime(2024, 3, 21, 8, tzinfo=timezone(timedelta(hours=7)))


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "   ", "x" * 501])
def test_a_sentence_says_something_that_can_be_stored(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Sentence).validate_python(text)


def test_a_sentence_is_kept_in_one_form() -> None:
    assert TypeAdapter(Sentence).validate_python("  Ho\u0300a ") == "Hòa"


@pytest.mark.parametrize("met", ["yes", 1, "true", None])
def test_a_decision_is_true_or_false(met: object) -> None:
    with pytest.raises(ValidationError):
        CheckedItem.model_validate({"code": "K1", "met": met})


@pytest.mark.parametrize("year", [True, "2024", 2024.0])
def test_a_number_is_a_number(year: object) -> None:
    with pytest.raises(ValidationError):
        GetDutyRatio.model_validate({"school": "a", "year": year})


@pytest.mark.parametrize("made", [UUID(int=0), UUID("a8098c1a-f86e-11da-bd1a-00112444be1e")])
def test_a_submission_id_is_random(made: UUID) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(SubmissionId).validate_python(made)
