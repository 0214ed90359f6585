"""What is hidden stays hidden over all views of a real database together (decision 0014)."""

import json
from typing import Any

import pytest

from contracts.events.surveys import CampaignClosed
from contracts.rpc import results as m
from contracts.rpc.base import PARENT, TraceRequest
from contracts.rpc.league import GetLeague
from contracts.rpc.public_results import GetPublicResults
from contracts.rpc.rows import GetRows
from surveys.application import chains, league, public_results, results, rows
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.closed import (
    HEAD,
    OFFICER,
    SCHOOL,
    TEACHER,
    Answers,
    answer,
    ask,
    call,
    care,
    care_campaign,
    finish,
)
from tests.storage.surveys.conftest import Room


def told_everywhere(room: Room, made: Campaign) -> str:
    """Every view of a campaign for everybody who sees something, without ids and receipts."""
    wanted = made.id
    told: list[Any] = [ask(room, made, actor) for actor in (OFFICER, HEAD, TEACHER)]
    for actor in (OFFICER, HEAD):
        with room.units.for_call(call(actor)) as work:
            told.append(results.get_signals(work, m.GetSignals(campaign_id=wanted)))
            told.append(rows.get_rows(work, GetRows(campaign_id=wanted)))
            chain = chains.trace(work, TraceRequest(correlation_id=made.correlation_id))
            told += [one.data for one in chain.events if one.type == CampaignClosed.name]
    with room.units.for_call(call()) as work:
        told.append(league.get_league(work, GetLeague(form=made.form)))
    with room.units.for_call(call(PARENT)) as work:
        told.append(public_results.get_public_results(work, GetPublicResults(slug=made.slug)))
    written = json.dumps(
        [one if isinstance(one, dict) else one.model_dump() for one in told],
        default=str,
        sort_keys=True,
    )
    return written.replace(str(made.id), "id").replace(made.slug, "slug")


# Twins: campaigns that differ in a cell that is hidden, and look the same to everybody.
FEW_PAPER = [care(5)] * 20 + [care(2)] * 6
TWINS: list[tuple[list[tuple[list[Answers], str, str | None]], ...]] = [
    (  # whose are the slips on paper?
        [(FEW_PAPER[:23], "web", None), (FEW_PAPER[23:], "paper", None)],
        [(FEW_PAPER[3:], "web", None), (FEW_PAPER[:3], "paper", None)],
    ),
    (  # what did the few say who gave a share of expectation?
        [([care(5)] * 20 + [care(5, Q24=10)] * 4, "web", None)],
        [([care(5)] * 22 + [care(5, Q24=90)] * 2, "web", None)],
    ),
    (  # four in all
        [([care(5)] * 4, "web", None)],
        [([care(1)] * 4, "web", None)],
    ),
    (  # which of two small classes?
        [(FEW_PAPER, "web", "lá"), ([care(5)] * 6, "web", "mầm"), ([care(2)] * 6, "web", "chồi")],
        [
            (FEW_PAPER, "web", "lá"),
            ([care(5)] * 3 + [care(2)] * 4, "web", "mầm"),
            ([care(5)] * 3 + [care(2)] * 2, "web", "chồi"),
        ],
    ),
]


@pytest.mark.parametrize("twins", TWINS)
def test_twins_look_the_same_in_every_view(
    room: Room, twins: tuple[list[tuple[list[Answers], str, str | None]], ...]
) -> None:
    seen = []
    for school, crowd in zip((SCHOOL, SCHOOL), twins, strict=True):
        with room.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE campaigns SET school = 'nobody'")
        made = care_campaign(room, school=school)
        for answers, source, class_code in crowd:
            answer(room, made, answers, source, class_code)
        finish(room, made)
        seen.append(told_everywhere(room, made))
    assert seen[0] == seen[1]
    assert "percent" in seen[0]


def test_the_chain_of_a_campaign_tells_no_more_than_its_results(room: Room) -> None:
    made = room.open_campaign()
    answer(room, made, [{"P": "yes", "A1": 5, "F": 2}] * 4 + [{"P": "yes", "A1": 4}] * 3)
    finish(room, made)
    with room.units.for_call(call(HEAD)) as work:
        reply = chains.trace(work, TraceRequest(correlation_id=made.correlation_id))
    (data,) = [one.data for one in reply.events]
    assert [one["item"] for one in data["distribution"]] == ["A1"]
    assert {"valid", "satisfied", "very_satisfied", "overall", "improper_demands"} & set(
        data
    ) == set()
    assert data["verdict"] == "no_answers"
