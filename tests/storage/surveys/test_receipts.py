"""What a receipt leads to: the campaign, never the answer."""

from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc.base import PARENT, Call
from contracts.rpc.receipts import GetPublicReceipt, PublicReceipt
from surveys.application.receipts import get_public_receipt
from tests.storage.surveys.conftest import Room
from tests.storage.surveys.test_closing import close_now
from tests.support.surveys import submission


def look(room: Room, receipt: str) -> PublicReceipt:
    with room.units.for_call(Call(actor=PARENT, correlation_id=uuid4())) as work:
        return get_public_receipt(work, GetPublicReceipt(receipt=receipt))


def answered(room: Room, number: int, level: int = 5) -> tuple[str, object]:
    made = room.open_campaign()
    outcomes = room.submit(
        *(submission(made.slug, answers={"P": "yes", "F": level}) for _ in range(number))
    )
    return outcomes[0].receipt or "", made.id


def test_a_receipt_leads_to_its_campaign_and_nothing_of_the_answer(room: Room) -> None:
    receipt, campaign_id = answered(room, 6)
    found = look(room, f" {receipt.lower().replace('-', ' ')}")
    assert (found.campaign_id, found.state) == (campaign_id, "open")
    assert (found.responses, found.verdict, found.closed_on) == (None, None, None)
    told = set(PublicReceipt.model_fields)
    assert not told & {"submission_id", "day", "answers", "class_code", "receipt", "source"}


@pytest.mark.parametrize(("level", "verdict"), [(5, "met"), (2, "not_met")])
def test_after_the_closing_the_verdict_is_told(room: Room, level: int, verdict: str) -> None:
    receipt, campaign_id = answered(room, 6, level)
    close_now(room, campaign_id)
    found = look(room, receipt)
    assert (found.state, found.responses, found.verdict) == ("closed", 6, verdict)


def test_of_fewer_than_five_nothing_is_told(room: Room) -> None:
    receipt, campaign_id = answered(room, 4)
    close_now(room, campaign_id)
    found = look(room, receipt)
    assert (found.responses, found.verdict, found.conclusive) == (None, None, None)


@pytest.mark.parametrize("receipt", ["", "7K2M-QX9D-A4TW", "' or 1=1", "x" * 40, "\u0000"])
def test_an_unknown_receipt_is_none(room: Room, receipt: str) -> None:
    answered(room, 1)
    with pytest.raises(Problem, match=r"surveys\.unknown_receipt"):
        look(room, receipt)
