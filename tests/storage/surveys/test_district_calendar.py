"""The district's say in the calendar: rules, short forms, days."""

from datetime import date
from typing import Any

import pytest

from contracts.rpc import campaign_rules as m
from contracts.rpc.surveys import CloseCampaign, GetPublicCampaign
from surveys.application import rescheduling, rules
from surveys.application.closing import close_campaign
from surveys.application.public import get_public_campaign
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.conftest import Clock, Room
from tests.storage.surveys.january import STRANGER, code, do, of, plan_first_quarter
from tests.storage.surveys.test_calendar import at, tick
from tests.support.schools import SCHOOL
from tests.support.surveys import submission

RULE: dict[str, Any] = {
    "valid_from": "2024-02-01",
    "legal_basis": "Kế hoạch số 77/KH-GDĐT",
    "target_percent": 96,
    "field_working_days": 5,
    "term_begins": {"month": 9, "day": 5},
    "term_ends": {"month": 5, "day": 31},
    "care_length": "short",
}


@pytest.fixture(autouse=True)
def planned(room: Room, clock: Clock) -> None:
    plan_first_quarter(room, clock)


def test_a_rule_ahead_moves_what_is_not_open(room: Room) -> None:
    slug = of(room).slug
    made = do(room, rules.set_campaign_rule, m.SetCampaignRule.model_validate(RULE))
    assert (made.in_force, made.care_length) == (False, "short")
    tick(room)
    care, tthc = of(room), of(room, "tthc")
    assert (care.opens_on, care.closes_on) == (date(2024, 3, 8), date(2024, 3, 14))
    assert (care.target_percent, care.legal_basis) == (96, "Kế hoạch số 77/KH-GDĐT")
    assert (care.length, tthc.length, care.slug) == ("short", "whole", slug)

    changed = RULE | {"care_length": "whole", "target_percent": 97}
    do(room, rules.set_campaign_rule, m.SetCampaignRule.model_validate(changed))
    tick(room)
    assert (of(room).length, of(room).target_percent) == ("whole", 97)

    withdrawn = m.WithdrawCampaignRule.model_validate({"valid_from": "2024-02-01"})
    left = do(room, rules.withdraw_campaign_rule, withdrawn)
    assert [rule.valid_from for rule in left.items] == [date(2019, 5, 6)]
    tick(room)
    assert (of(room).opens_on, of(room).target_percent) == (date(2024, 3, 1), 95)
    assert code(room, rules.withdraw_campaign_rule, withdrawn) == "resource.not_found"


def test_a_rule_in_force_stays(room: Room, clock: Clock) -> None:
    today = m.SetCampaignRule.model_validate(RULE | {"valid_from": "2024-01-10"})
    assert code(room, rules.set_campaign_rule, today) == "surveys.rule_in_force"
    first = m.WithdrawCampaignRule.model_validate({"valid_from": "2019-05-06"})
    assert code(room, rules.withdraw_campaign_rule, first) == "surveys.rule_in_force"
    overlong = RULE | {"term_ends": {"month": 9, "day": 5}}
    wanted = m.SetCampaignRule.model_validate(overlong)
    assert code(room, rules.set_campaign_rule, wanted) == "surveys.wrong_term"
    with pytest.raises(ValueError, match="day is out of range"):
        m.SetCampaignRule.model_validate(RULE | {"term_ends": {"month": 2, "day": 29}})
    do(room, rules.set_campaign_rule, m.SetCampaignRule.model_validate(RULE))
    clock.now = at(2024, 2, 1)
    wanted = m.SetCampaignRule.model_validate(RULE)
    assert code(room, rules.set_campaign_rule, wanted) == "surveys.rule_in_force"


def test_a_change_never_opens_a_campaign_in_the_past(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 2, 20)
    longer = RULE | {"valid_from": "2024-02-21", "field_working_days": 40}
    do(room, rules.set_campaign_rule, m.SetCampaignRule.model_validate(longer))
    tick(room)
    assert (of(room).opens_on, of(room).state) == (date(2024, 2, 20), "open")


def test_a_school_has_a_short_form_whose_results_stand(room: Room, clock: Clock) -> None:
    wanted = m.SetCareLength(school=SCHOOL, length="short")
    said = do(room, rules.set_care_length, wanted)
    assert [(one.school, one.length) for one in said.care_lengths] == [(SCHOOL, "short")]
    assert of(room).length == "short", "at once"
    clock.now = at(2024, 3, 4)
    tick(room)
    campaign = of(room)
    with room.units.for_system() as work:
        seen = get_public_campaign(work, GetPublicCampaign(slug=campaign.slug))
    asked = [item.code for _, item in seen.form.placed_items()]
    assert (len(asked), tuple(asked)) == (8, campaign.items)
    rated = next(item.code for _, item in seen.form.scale_items() if item.code != "Q23")
    sent = [submission(campaign.slug, answers={"Q23": 5, rated: 4}) for _ in range(6)]
    assert {one.status for one in room.submit(*sent)} == {"stored"}
    left_out = next(f"Q{n}" for n in range(1, 23) if f"Q{n}" not in asked)
    [outcome] = room.submit(submission(campaign.slug, answers={"Q23": 5, left_out: 4}))
    assert outcome.problem is not None
    assert outcome.problem.code == "surveys.answers_invalid"

    do(room, rules.set_care_length, m.SetCareLength(school=SCHOOL, length=None))
    assert of(room).length == "short", "what is open keeps its form"
    reason = "Đủ phiếu rồi"
    closing = CloseCampaign(campaign_id=campaign.id, reason=reason)
    closed = do(room, close_campaign, closing)
    assert (closed.close_reason, closed.length) == (reason, "short")
    assert [item.item for item in closed.results.items] == [
        c for c in asked if c not in {"Q25", "Q26"}
    ]
    assert closed.standing.rate.percent == 100
    told = room.numbers("SELECT data FROM events WHERE type = 'surveys.campaign_closed'")
    data: Any = told[0][0]
    assert {counts["item"] for counts in data["distribution"]} < set(asked)
    opened: Any = room.numbers(
        "SELECT data->>'length' FROM events WHERE type = 'surveys.campaign_opened'"
        " AND data->>'form' = 'care'"
    )
    assert opened == [("short",)]


def test_lengths_are_told_within_scope(room: Room) -> None:
    do(room, rules.set_care_length, m.SetCareLength(school=SCHOOL, length="short"))
    assert do(room, rules.list_campaign_rules, m.ListCampaignRules(), STRANGER).care_lengths == ()
    wanted = m.SetCareLength(school=SCHOOL, length="whole")
    assert code(room, rules.set_care_length, wanted, STRANGER) == "resource.not_found"


def days(campaign: Campaign, opens: str | None, closes: str | None) -> m.SetCampaignDays:
    given = {"campaign_id": campaign.id, "opens_on": opens, "closes_on": closes}
    return m.SetCampaignDays.model_validate(given)


def test_own_days_hold_whatever_the_calendar_says(room: Room) -> None:
    moved = days(of(room), "2024-02-20", "2024-03-01")
    answer = do(room, rescheduling.set_campaign_days, moved)
    assert (answer.own_days, answer.opens_on) == (True, date(2024, 2, 20))
    do(room, rules.set_campaign_rule, m.SetCampaignRule.model_validate(RULE))
    tick(room)
    assert (of(room).opens_on, of(room).closes_on) == (date(2024, 2, 20), date(2024, 3, 1))
    assert of(room).target_percent == 96, "the rest follows"
    assert of(room, "tthc").opens_on == date(2024, 3, 8)

    back = do(room, rescheduling.set_campaign_days, days(of(room), None, None))
    assert (back.own_days, back.opens_on, back.closes_on) == (
        False,
        date(2024, 3, 8),
        date(2024, 3, 14),
    )


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("2024-01-09", "2024-03-01"),  # past
        ("2024-03-02", "2024-03-01"),
        ("2024-03-10", "2024-03-15"),  # after the cut-off
    ],
)
def test_days_lie_ahead_and_before_the_cut_off(room: Room, opens: str, closes: str) -> None:
    wanted = days(of(room), opens, closes)
    assert code(room, rescheduling.set_campaign_days, wanted) == "surveys.wrong_dates"


def test_days_of_the_second_quarter_stay_out_of_the_summer(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 3, 20)
    tick(room)
    second = of(room, index=2)
    summer = days(second, "2024-05-27", "2024-06-05")
    assert code(room, rescheduling.set_campaign_days, summer) == "surveys.wrong_dates"
    do(room, rescheduling.set_campaign_days, days(second, "2024-05-06", "2024-05-17"))
    assert of(room, index=2).opens_on == date(2024, 5, 6)


def test_days_of_what_is_open_or_foreign_stay(room: Room, clock: Clock) -> None:
    wanted = days(of(room), "2024-03-05", "2024-03-10")
    assert code(room, rescheduling.set_campaign_days, wanted, STRANGER) == "resource.not_found"
    clock.now = at(2024, 3, 1)
    tick(room)
    assert code(room, rescheduling.set_campaign_days, wanted) == "surveys.campaign_not_planned"
    extra = room.open_campaign(
        state="planned", opens_on=date(2024, 3, 20), closes_on=date(2024, 4, 1), school=SCHOOL
    )
    back = days(extra, None, None)
    assert code(room, rescheduling.set_campaign_days, back) == "surveys.wrong_dates"
