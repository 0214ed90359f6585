"""Forms, rules of the calendar and exemptions of the sample."""

from datetime import date

from contracts.events.surveys import FormKind
from contracts.forms import Words
from contracts.problems import Problem
from contracts.rpc.base import Empty
from contracts.rpc.campaign_rules import (
    CampaignRule,
    CampaignRules,
    CareLength,
    DayOfYear,
    Exemption,
    Exemptions,
)
from contracts.rpc.forms import CheckedForm, FormDetail, Forms, FormVersion
from contracts.rpc.trigger_rules import TriggerRule, TriggerRules
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import TITLES, in_scope
from tests.support.surveys import CARE, TTHC

MALFORMED = "Y29kZTogeA=="


def form(kind: FormKind, version: int, *used_from: date) -> FormDetail:
    """A version of a shipped form."""
    body = (TTHC if kind == "tthc" else CARE).model_copy(update={"version": version})
    own = version > 1
    return FormDetail(
        kind=kind,
        version=version,
        words=body.words,
        items=len(list(body.placed_items())),
        shipped=not own,
        used_from=used_from,
        published_on=date(2024, 2, 20) if own else None,
        published_by="Cán bộ Phòng (mẫu)" if own else None,
        form=body,
    )


FORMS = [
    form("tthc", 1, date(2019, 5, 6)),
    form("care", 1001),
    form("care", 1, date(2019, 5, 6)),
]
TERM = {"term_begins": DayOfYear(month=9, day=5), "term_ends": DayOfYear(month=5, day=31)}
RULES = CampaignRules(
    items=(
        CampaignRule(
            valid_from=date(2024, 9, 1),
            legal_basis="Kế hoạch số 77/KH-GDĐT (thí dụ)",
            target_percent=96,
            field_working_days=12,
            care_length="short",
            in_force=False,
            **TERM,
        ),
        CampaignRule(
            valid_from=date(2019, 5, 6),
            legal_basis="Kế hoạch số 513/KH-GDĐT ngày 06/5/2019",
            target_percent=95,
            field_working_days=10,
            in_force=True,
            **TERM,
        ),
    ),
    care_lengths=(CareLength(school="cau-vong-giay", length="short"),),
)
TRIGGERS = TriggerRules(
    items=(
        TriggerRule(
            code="below-target",
            version=1,
            words=Words(vi="Chưa đạt chỉ tiêu hài lòng", en="Below the target rate"),
            event_type="surveys.campaign_closed",
            conditions=(),
            action="improvement_task",
            working_days=20,
            enabled=True,
            effective_from=date(2019, 5, 6),
            legal_basis="Kế hoạch số 513/KH-GDĐT",
        ),
    )
)


def exemption(school: str, *, lifted: bool = False) -> Exemption:
    """An exemption of the second quarter."""
    return Exemption(
        exemption_id=made(f"exemption-{school}"),
        school=school,
        school_title=TITLES[school],
        form=None,
        starts_on=date(2024, 3, 15),
        ends_on=date(2024, 6, 14),
        reason="Trường đang sửa chữa, trẻ học nhờ nơi khác (tình huống thí dụ)",
        made_on=date(2024, 3, 18),
        made_by="Cán bộ Phòng (mẫu)",
        lifted_on=date(2024, 4, 2) if lifted else None,
        lifted_by="Cán bộ Phòng (mẫu)" if lifted else None,
    )


EXEMPTIONS = [exemption("cau-vong-giay"), exemption("dam-may-tim", lifted=True)]


def get_form(asked: Asked) -> FormDetail:
    for one in FORMS:
        if (one.kind, str(one.version)) == (asked.path["form"], asked.path["version"]):
            return one
    raise Problem("resource.not_found")


def add_form(asked: Asked) -> CheckedForm:
    if asked.body["content"] == MALFORMED:
        raise Problem("surveys.form_malformed", line=7, field="overall", why="missing")
    form = CARE.model_copy(update={"version": 1002})
    return CheckedForm(form=form, items=27, published=bool(asked.body["publish"]))


def list_exemptions(asked: Asked) -> Exemptions:
    return Exemptions(items=tuple(one for one in EXEMPTIONS if in_scope(asked, one.school)))


ROUTES: dict[str, Route] = {
    "GET /forms": lambda _: Forms(items=tuple(FormVersion(**dict(one)) for one in FORMS)),
    "POST /forms": add_form,
    "GET /forms/{form}/{version}": get_form,
    "POST /forms/{form}/{version}/use": lambda _: Empty(),
    "GET /campaign-rules": lambda _: RULES,
    "POST /campaign-rules": lambda _: Empty(),
    "POST /campaign-rules/{valid_from}/withdraw": lambda _: Empty(),
    "POST /schools/{school}/care-length": lambda _: Empty(),
    "GET /exemptions": list_exemptions,
    "POST /exemptions": lambda _: Empty(),
    "POST /exemptions/{exemption_id}/lift": lambda _: Empty(),
    "GET /trigger-rules": lambda _: TRIGGERS,
    "PUT /trigger-rules/{code}": lambda _: TRIGGERS.items[0],
}
