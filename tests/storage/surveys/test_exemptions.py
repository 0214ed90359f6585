"""Schools that are spared campaigns of the calendar, and not spared any more."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from contracts.problems import Problem
from contracts.rpc import campaign_rules as m
from contracts.rpc.campaign_access import ChangeCampaignAccess, IssueCodes
from contracts.rpc.surveys import GetPublicCampaign, PublicCampaign, UpdateCampaign
from surveys.application import access, exempting, rescheduling
from surveys.application.campaigns import update_campaign
from surveys.application.public import get_public_campaign
from surveys.domain.campaigns import Campaign
from tests.storage.surveys.conftest import Clock, Room
from tests.storage.surveys.january import STRANGER, code, do, of, plan_first_quarter
from tests.storage.surveys.test_calendar import at, listed, tick
from tests.support.schools import SCHOOL
from tests.support.surveys import submission

PRINTED = "c0" * 32


@pytest.fixture(autouse=True)
def planned(room: Room, clock: Clock) -> None:
    plan_first_quarter(room, clock)


def exempt(room: Room, **changed: Any) -> m.Exemption:
    return do(room, exempting.exempt_school, exemption(**changed))  # type: ignore[no-any-return]


def exemption(**changed: Any) -> m.ExemptSchool:
    given = {"school": SCHOOL, "quarter": {"year": 2024, "index": 1}, "reason": "Đang sửa chữa"}
    return m.ExemptSchool.model_validate(given | changed)


def lift(exemption_id: UUID) -> m.LiftExemption:
    return m.LiftExemption(exemption_id=exemption_id)


def test_an_exempt_quarter_has_no_campaign_until_it_is_lifted(room: Room, clock: Clock) -> None:
    made = exempt(room)
    assert (made.starts_on, made.ends_on) == (date(2023, 12, 15), date(2024, 3, 14))
    assert (made.made_by, made.made_on, made.reason) == (
        "Cán bộ mẫu",
        date(2024, 1, 10),
        "Đang sửa chữa",
    )
    assert listed(room) == []
    hear_again(room)
    tick(room)
    assert listed(room) == [], "nor when the calendar is looked at again"

    clock.now = at(2024, 2, 29)
    lifted = do(room, exempting.lift_exemption, lift(made.exemption_id))
    assert (lifted.lifted_by, lifted.lifted_on) == ("Cán bộ mẫu", date(2024, 2, 29))
    assert {(c.form, c.opens_on, c.state) for c in listed(room) if c.period.index == 1} == {
        ("care", date(2024, 3, 1), "planned"),
        ("tthc", date(2024, 3, 1), "planned"),
    }
    assert code(room, exempting.lift_exemption, lift(made.exemption_id)) == "surveys.exemption_over"
    told = room.numbers("SELECT type, data->>'version', data ? 'reason' FROM events ORDER BY type")
    assert told == [
        ("surveys.exemption_lifted", "2", False),
        ("surveys.school_exempted", "1", False),
    ]
    actions = room.numbers("SELECT action, school FROM audit_entries ORDER BY id")
    assert actions == [("exempt_school", SCHOOL), ("lift_exemption", SCHOOL)]


def hear_again(room: Room) -> None:
    with room.units.for_system() as work:
        work.schools.plan_anew()


def test_an_exemption_stays_once_the_field_time_would_have_begun(room: Room, clock: Clock) -> None:
    made = exempt(room)
    clock.now = at(2024, 3, 1)
    refused = code(room, exempting.lift_exemption, lift(made.exemption_id))
    assert refused == "surveys.field_time_began"
    clock.now = at(2024, 3, 20)
    tick(room)
    assert {c.period.index for c in listed(room)} == {2}
    assert code(room, exempting.lift_exemption, lift(made.exemption_id)) == "surveys.exemption_over"


def test_some_days_exempt_what_touches_them(room: Room) -> None:
    days = {"quarter": None, "starts_on": "2024-03-10", "ends_on": "2024-03-20"}
    exempt(room, form="tthc", **days)
    assert [c.form for c in listed(room)] == ["care"]
    again = exemption(form="tthc", **days | {"starts_on": "2024-03-20", "ends_on": "2024-04-20"})
    assert code(room, exempting.exempt_school, again) == "surveys.exempt_already"
    both = exemption(**days | {"starts_on": "2024-03-20", "ends_on": "2024-04-20"})
    assert code(room, exempting.exempt_school, both) == "surveys.exempt_already"
    exempt(room, form="care", **days | {"starts_on": "2024-03-15", "ends_on": "2024-04-20"})
    assert [c.form for c in listed(room)] == ["care"], "its field time ends the day before"


def test_what_is_open_is_not_spared_any_more(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 3, 1)
    tick(room)
    assert code(room, exempting.exempt_school, exemption()) == "surveys.field_time_began"
    assert {c.state for c in listed(room) if c.period.index == 1} == {"open"}
    assert do(room, exempting.list_exemptions, m.ListExemptions()).items == ()


def test_exemptions_keep_to_their_scope(room: Room) -> None:
    assert code(room, exempting.exempt_school, exemption(), STRANGER) == "surveys.unknown_school"
    made = exempt(room)
    assert len(do(room, exempting.list_exemptions, m.ListExemptions()).items) == 1
    assert do(room, exempting.list_exemptions, m.ListExemptions(), STRANGER).items == ()
    wanted = lift(made.exemption_id)
    assert code(room, exempting.lift_exemption, wanted, STRANGER) == "resource.not_found"


@pytest.mark.parametrize(
    "when",
    [
        {"quarter": None},
        {"starts_on": "2024-03-10", "ends_on": "2024-03-20"},
        {"quarter": None, "starts_on": "2024-03-10"},
        {"quarter": None, "starts_on": "2024-03-20", "ends_on": "2024-03-10"},
        {"quarter": {"year": 2024, "index": 5}},
        {"reason": " "},
    ],
)
def test_an_exemption_says_when_and_why(when: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        exemption(**when)


def test_what_was_printed_holds_when_an_exemption_is_lifted(room: Room, clock: Clock) -> None:
    before = of(room)
    hand_out(room, before)
    made = exempt(room)
    assert listed(room) == []
    with pytest.raises(Problem, match=r"surveys\.unknown_campaign"):
        look(room, before.slug)
    [refused] = room.submit(submission(before.slug, answers={"Q23": 5}))
    assert refused.problem is not None
    assert refused.problem.code == "surveys.unknown_campaign"

    do(room, exempting.lift_exemption, lift(made.exemption_id))
    after = of(room)
    assert (after.id, after.slug) == (before.id, before.slug), "posters lead there again"
    assert (after.handed_out, after.classes, after.access) == (40, ("Lá 1",), "codes")
    clock.now = at(2024, 3, 4)
    tick(room)
    assert look(room, before.slug).state == "open"
    code_of_slip = submission(before.slug, answers={"Q23": 5}, code=PRINTED)
    [stored] = room.submit(code_of_slip)
    assert stored.status == "stored", "and printed codes let answers in"


def hand_out(room: Room, campaign: Campaign) -> None:
    """Say how many forms were printed, with codes for a class."""
    about = {"campaign_id": campaign.id}
    do(room, update_campaign, UpdateCampaign(**about, handed_out=40))
    do(room, access.change_access, ChangeCampaignAccess(**about, access="codes", classes=("Lá 1",)))
    do(room, access.issue_codes, IssueCodes(**about, class_code="Lá 1", fingerprints=(PRINTED,)))


def look(room: Room, slug: str) -> PublicCampaign:
    with room.units.for_system() as work:
        return get_public_campaign(work, GetPublicCampaign(slug=slug))


def test_what_is_called_off_opens_for_nobody(room: Room, clock: Clock) -> None:
    slug = of(room).slug
    exempt(room)
    clock.now = at(2024, 3, 5)
    tick(room)
    told = room.numbers("SELECT data->>'form' FROM events WHERE type = 'surveys.campaign_opened'")
    assert told == []
    with pytest.raises(Problem, match=r"surveys\.unknown_campaign"):
        look(room, slug)


def test_own_days_that_began_meanwhile_give_way_to_the_calendar_s(room: Room, clock: Clock) -> None:
    early = m.SetCampaignDays(
        campaign_id=of(room).id, opens_on=date(2024, 2, 1), closes_on=date(2024, 2, 9)
    )
    later = early.model_copy(
        update={
            "campaign_id": of(room, "tthc").id,
            "opens_on": date(2024, 3, 4),
            "closes_on": date(2024, 3, 8),
        }
    )
    for days in (early, later):
        do(room, rescheduling.set_campaign_days, days)
    made = exempt(room)
    clock.now = at(2024, 2, 20)
    do(room, exempting.lift_exemption, lift(made.exemption_id))
    care, tthc = of(room), of(room, "tthc")
    assert (care.state, care.own_days, care.opens_on, care.closes_on) == (
        "planned",
        False,
        date(2024, 3, 1),
        date(2024, 3, 14),
    )
    assert (tthc.own_days, tthc.opens_on, tthc.closes_on) == (
        True,
        date(2024, 3, 4),
        date(2024, 3, 8),
    )
