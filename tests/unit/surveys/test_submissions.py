"""What makes two submissions the same, and the receipt that they get."""

import random
from datetime import date, timedelta
from uuid import uuid1, uuid4

import pytest
from pydantic import ValidationError

from contracts.codes import make_code
from surveys.domain.campaigns import closing_moment, opening_moment
from surveys.domain.submissions import digest
from tests.support.surveys import campaign, submission

ID = uuid4()


def test_equal_bodies_have_equal_digests() -> None:
    typed = submission(
        "a" * 20, ID, answers={"P": "yes", "F": "4", "A1": "", "H": "ho\u0061\u0300"}
    )
    sent = submission("a" * 20, ID, answers={"F": 4, "P": "yes", "H": "ho\u00e0 "})
    assert digest(typed) == digest(sent)


@pytest.mark.parametrize(
    "changed",
    [
        {"answers": {"P": "yes", "F": 5}},
        {"slug": "b" * 20},
        {"demand": {"kind": "fee"}},
        {"submission_id": uuid4()},
    ],
)
def test_other_bodies_have_other_digests(changed: dict[str, object]) -> None:
    first = submission("a" * 20, ID)
    other = submission(**({"slug": "a" * 20, "submission_id": ID} | changed))  # type: ignore[arg-type]
    assert digest(first) != digest(other)


def test_a_submission_id_carries_no_time() -> None:
    with pytest.raises(ValidationError, match="carries no time"):
        submission("a" * 20, uuid1())


def test_a_demand_is_stored_as_text_can_be() -> None:
    with pytest.raises(ValidationError, match="can't be stored"):
        submission("a" * 20, demand={"what": "a\x00b"})
    written = submission("a" * 20, demand={"what": " ho\u0061\u0300 "}).demand
    assert written is not None
    assert written.what == "ho\u00e0"


def test_a_receipt_is_typed_without_doubt() -> None:
    draw = random.Random(7).getrandbits  # noqa: S311 - the test wants the same code each time
    receipt = make_code(draw)
    assert len(receipt) == 14
    assert not set("ILOU") & set(receipt)
    assert receipt != make_code(draw)


def test_a_campaign_takes_answers_to_the_end_of_its_last_day() -> None:
    running = campaign()
    assert running.refuse_answers(date(2024, 3, 14)) is None
    late = running.refuse_answers(date(2024, 3, 15))
    assert late is not None
    assert (late.code, late.params) == ("surveys.campaign_closed", {"closed_on": "2024-03-15"})
    early = campaign(state="planned").refuse_answers(date(2024, 2, 1))
    assert early is not None
    assert early.code == "surveys.campaign_not_open"


def test_moments_are_midnights_in_vietnam() -> None:
    assert opening_moment(date(2024, 3, 1)).isoformat() == "2024-03-01T00:00:00+07:00"
    assert closing_moment(date(2024, 3, 14)) - opening_moment(date(2024, 3, 14)) == timedelta(
        days=1
    )
