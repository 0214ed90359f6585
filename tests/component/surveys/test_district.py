"""The district's own form and calendar, through RPC and events alone."""

import base64
from datetime import date

import pytest

from contracts.events.surveys import CampaignOpened
from contracts.problems import Problem
from contracts.rpc import campaign_rules as r
from contracts.rpc import forms as f
from contracts.rpc import surveys as m
from contracts.rpc.base import PARENT, Actor
from surveys.domain.form_sheets import write_form_rows
from surveys.domain.spreadsheets import write_sheet
from tests.component.surveys.conftest import Surveys
from tests.support.eventually import eventually
from tests.support.schools import SCHOOL
from tests.support.surveys import CARE

OFFICER = Actor(role="district_officer", display_name="Cán bộ mẫu", schools=(SCHOOL,))


def adding(data: bytes) -> f.AddForm:
    content = base64.b64encode(data).decode("ascii")
    return f.AddForm(format="xlsx", content=content, publish=True)


def test_a_form_of_the_district_is_asked_short_at_one_school(surveys: Surveys) -> None:
    surveys.register(SCHOOL, surveys.move_clock(2024, 1, 10))
    surveys.wait_for("planned", 2)

    wrong = adding(write_sheet("x", [["Họ tên", "Điểm"]], [10]))
    with pytest.raises(Problem) as refused:
        surveys.rpc.call("surveys.add_form", wrong, f.CheckedForm, actor=OFFICER)
    assert refused.value.code == "surveys.form_malformed"
    own = CARE.model_copy(update={"words": CARE.words.model_copy(update={"vi": "Phiếu của quận"})})
    sheet = adding(write_form_rows(own))
    made = surveys.rpc.call("surveys.add_form", sheet, f.CheckedForm, actor=OFFICER)
    assert (made.published, made.form.version) == (True, 1001)

    use = f.UseForm(kind="care", version=1001, valid_from=date(2024, 2, 1))
    surveys.rpc.call("surveys.use_form", use, f.FormDetail, actor=OFFICER)
    short = r.SetCareLength(school=SCHOOL, length="short")
    surveys.rpc.call("surveys.set_care_length", short, r.CampaignRules, actor=OFFICER)
    spared = r.ExemptSchool.model_validate(
        {
            "school": SCHOOL,
            "form": "tthc",
            "quarter": {"year": 2024, "index": 1},
            "reason": "Quý này không có thủ tục",
        }
    )
    surveys.rpc.call("surveys.exempt_school", spared, r.Exemption, actor=OFFICER)
    planned = eventually(
        lambda: [c for c in surveys.wait_for("planned", 1) if c.form_version == 1001], timeout=30
    )
    assert [(c.form, c.length) for c in planned] == [("care", "short")]

    surveys.move_clock(2024, 3, 1)
    [campaign] = surveys.wait_for("open", 1)
    [told] = surveys.reports.hear(CampaignOpened.name, 1)
    opened = CampaignOpened.model_validate(told.data)
    assert (opened.form_version, opened.length) == (1001, "short")
    asked = m.GetPublicCampaign(slug=campaign.slug)
    seen = surveys.rpc.call("surveys.get_public_campaign", asked, m.PublicCampaign, actor=PARENT)
    assert (seen.form.words.vi, len(list(seen.form.placed_items()))) == ("Phiếu của quận", 8)
