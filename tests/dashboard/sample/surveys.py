"""Campaigns of the first quarter: met, not met, met on too few answers, too few to show, open."""

from datetime import date
from math import sqrt

from contracts.events.surveys import FormKind, Verdict
from contracts.forms import Words
from contracts.periods import PeriodRef
from contracts.problems import Problem
from contracts.results import GroupResult, ItemResult, Rate, Results, Standing
from contracts.rpc.base import Empty
from contracts.rpc.surveys import (
    Campaign,
    CampaignDetail,
    Campaigns,
    CampaignState,
    DemandDetail,
    DemandReport,
    Demands,
)
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import TITLES, in_scope

Q1 = PeriodRef(
    kind="quarter", year=2024, index=1, starts_on=date(2023, 12, 15), ends_on=date(2024, 3, 14)
)
Q2 = PeriodRef(
    kind="quarter", year=2024, index=2, starts_on=date(2024, 3, 15), ends_on=date(2024, 6, 14)
)
FORMS: dict[FormKind, Words] = {
    "tthc": Words(vi="Khảo sát giải quyết thủ tục hành chính", en="Survey on procedure handling"),
    "care": Words(vi="Khảo sát chăm sóc, giáo dục, nuôi dưỡng", en="Survey on care and education"),
}
ITEMS = [
    ("access", "A1", "Dễ tìm nơi tiếp nhận hồ sơ", (0, 1, 6, 70, 43)),
    ("access", "A2", "Có chỗ ngồi chờ thuận tiện", (0, 4, 16, 64, 36)),
    ("access", "A3", "Biểu mẫu có sẵn, đầy đủ", (0, 0, 5, 66, 49)),
    ("procedure", "B1", "Niêm yết dễ đọc", (0, 2, 8, 71, 39)),
    ("procedure", "B2", "Giấy tờ yêu cầu đúng quy định", (1, 1, 4, 62, 52)),
    ("staff", "C1", "Lịch sự, lắng nghe", (0, 0, 3, 58, 59)),
    ("staff", "C2", "Hướng dẫn đầy đủ, rõ ràng ngay lần đầu", (0, 3, 9, 66, 42)),
    ("result", "D1", "Đúng hẹn", (0, 1, 4, 64, 51)),
]
GROUPS = {
    "access": Words(vi="Tiếp cận", en="Access"),
    "procedure": Words(vi="Thủ tục", en="Procedure"),
    "staff": Words(vi="Nhân viên", en="Staff"),
    "result": Words(vi="Kết quả", en="Result"),
}
Counts = tuple[int, int, int, int, int]


def rate(counts: Counts) -> Rate:
    """The rate of five counts, as surveys computes it."""
    valid, satisfied = sum(counts), counts[3] + counts[4]
    p, z = satisfied / valid, 1.959964
    middle, spread = p + z * z / (2 * valid), z * sqrt(p * (1 - p) / valid + (z / (2 * valid)) ** 2)
    scale = 100 / (1 + z * z / valid)
    return Rate(
        satisfied=satisfied,
        very_satisfied=counts[4],
        valid=valid,
        percent=100 * p,
        very_satisfied_percent=100 * counts[4] / valid,
        mean=sum((level + 1) * n for level, n in enumerate(counts)) / valid,
        wilson_low=scale * (middle - spread),
        wilson_high=scale * (middle + spread),
    )


def campaign(
    school: str,
    form: FormKind,
    state: CampaignState,
    overall: Counts | None,
    period: PeriodRef = Q1,
) -> CampaignDetail:
    """A campaign; `overall` are the counts of its overall item, None for too few answers."""
    name = f"{school}-{form}-{period.key}"
    verdict: Verdict = "no_answers"
    shown = rate(overall) if overall else None
    if shown and shown.percent is not None:
        verdict = "met" if shown.percent >= 95 else "not_met"
    closed = state == "closed"
    return CampaignDetail(
        campaign_id=made(name),
        school=school,
        school_title=TITLES[school],
        form=form,
        form_version=1,
        form_words=FORMS[form],
        period=period,
        opens_on=date(2024, 3, 1) if period is Q1 else date(2024, 6, 3),
        closes_on=date(2024, 3, 14) if period is Q1 else date(2024, 6, 14),
        closed_on=date(2024, 3, 14) if closed else None,
        state=state,
        origin="calendar",
        target_percent=95,
        legal_basis="Kế hoạch số 513/KH-GDĐT ngày 06/5/2019",
        handed_out=220,
        slug=(name.replace("-", "") + "0123456789abcdef")[:20],
        responses=(sum(overall) + 23 if overall else 3) if state != "planned" else 0,
        standing=_standing(verdict, shown) if closed else None,
        version=2,
        results=_results(overall) if closed else None,
    )


def _standing(verdict: Verdict, shown: Rate | None) -> Standing:
    conclusive = bool(
        shown
        and shown.wilson_low is not None
        and shown.wilson_high is not None
        and not shown.wilson_low < 95 <= shown.wilson_high
    )
    percent = 64.1 if shown else None
    return Standing(verdict=verdict, conclusive=conclusive, rate=shown, response_percent=percent)


def _results(overall: Counts | None) -> Results:
    few = overall is None
    items = [
        ItemResult(
            item=code,
            group=group,
            kind="scale5",
            words=Words(vi=vi, en=f"Item {code}"),
            hidden=few,
            valid=None if few else sum(counts),
            counts=None if few else counts,
            rate=None if few else rate(counts),
        )
        for group, code, vi, counts in ITEMS
    ]
    items += [
        ItemResult(
            item="C3",
            group="staff",
            kind="yes_no",
            words=Words(vi="Có bị gây phiền hà không?", en="Were you harassed?"),
            hidden=few,
            valid=None if few else 118,
            counts=None if few else (2, 116),
        ),
        ItemResult(
            item="E1",
            group="result",
            kind="percent",
            words=Words(vi="Đáp ứng bao nhiêu % mong đợi?", en="Share of expectation met?"),
            hidden=few,
            valid=None if few else 80,
            mean=None if few else 91.4,
        ),
    ]
    pooled = {g: _pool([c for group, _, _, c in ITEMS if group == g]) for g in GROUPS}
    return Results(
        filtered_out=None if few else 20,
        improper_demands=0 if few else 1,
        lowest_item=None if few else "A2",
        groups=tuple(
            GroupResult(group=g, words=w, hidden=few, rate=None if few else rate(pooled[g]))
            for g, w in GROUPS.items()
        ),
        items=tuple(items),
    )


def _pool(rows: list[Counts]) -> Counts:
    a, b, c, d, e = (sum(column) for column in zip(*rows, strict=True))
    return a, b, c, d, e


CAMPAIGNS = [
    campaign("hoa-hong-mau", "tthc", "closed", (0, 0, 3, 72, 65)),
    campaign("hoa-hong-mau", "care", "open", (0, 0, 5, 60, 55), Q2),
    campaign("cau-vong-giay", "tthc", "closed", (0, 1, 4, 80, 60)),
    campaign("dam-may-tim", "tthc", "closed", (1, 4, 12, 78, 40)),
    campaign("con-thuyen-la", "tthc", "closed", None),
    campaign("con-thuyen-la", "care", "planned", None, Q2),
]
OPEN = CAMPAIGNS[1].campaign_id
MET = CAMPAIGNS[0].campaign_id
NOT_MET = CAMPAIGNS[3].campaign_id
TOO_FEW = CAMPAIGNS[4].campaign_id
PLANNED = CAMPAIGNS[5].campaign_id

DEMAND = DemandDetail(
    report_id=made("demand"),
    campaign_id=CAMPAIGNS[2].campaign_id,
    school="cau-vong-giay",
    form="tthc",
    kind="fee",
    concerns_head=False,
    day=date(2024, 3, 5),
    what="Được yêu cầu nộp một khoản tiền khi xin giấy xác nhận (tình huống thí dụ).",
    when="Đầu tháng 3",
)


def list_campaigns(asked: Asked) -> Campaigns:
    found = [c for c in CAMPAIGNS if in_scope(asked, c.school)]
    return Campaigns(items=tuple(Campaign(**c.model_dump()) for c in found))


def get_campaign(asked: Asked) -> CampaignDetail:
    for found in CAMPAIGNS:
        if str(found.campaign_id) == asked.path["campaign_id"] and in_scope(asked, found.school):
            return found
    raise Problem("resource.not_found")


def list_demands(asked: Asked) -> Demands:
    found = [DEMAND] if in_scope(asked, DEMAND.school) else []
    return Demands(items=tuple(DemandReport(**d.model_dump()) for d in found))


ROUTES: dict[str, Route] = {
    "GET /campaigns": list_campaigns,
    "GET /campaigns/{campaign_id}": get_campaign,
    "POST /campaigns": lambda _: Empty(),
    "POST /campaigns/{campaign_id}/days": lambda _: Empty(),
    "POST /campaigns/{campaign_id}/handed-out": lambda _: Empty(),
    "POST /campaigns/{campaign_id}/close": lambda _: Empty(),
    "GET /demands": list_demands,
    "GET /demands/{report_id}": lambda _: DEMAND,
}
