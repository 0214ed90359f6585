"""Results in depth: by source and class, worth a look, in parents' words, over all schools."""

from datetime import date

from contracts.forms import Words
from contracts.problems import Problem
from contracts.rpc import results as m
from contracts.rpc.comments import Comment, CommentedItem, Comments
from contracts.rpc.league import League, LeagueRow, Pooled, TrendPoint
from contracts.rpc.surveys import Campaign
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import in_scope
from tests.dashboard.sample.surveys import CAMPAIGNS, GROUPS, ITEMS, Q1, get_campaign, rate

COMMENTS = [
    Comment(
        item="H",
        day=date(2024, 3, 4),
        body="Nhân viên hòa nhã <b>thật</b>",
        comment_id=made("comment 1"),
    ),
    Comment(
        item="H", day=date(2024, 3, 2), body="Cần thêm ghế ngồi chờ", comment_id=made("comment 2")
    ),
]


def part(name: str | None, pooled: int, share: float) -> m.Part:
    """A part with this share of the sample's answers; C3 and E1 are not told part by part."""
    figures = []
    for _, code, _, counts in ITEMS:
        a, b, c, d, e = (round(share * number) for number in counts)
        figures.append(m.Figure(code=code, valid=a + b + c + d + e, rate=rate((a, b, c, d, e))))
    return m.Part(
        name=name,
        pooled=pooled,
        asked=round(120 * share),
        groups=tuple(
            m.Figure(code=code, valid=figures[0].valid, rate=figures[0].rate) for code in GROUPS
        ),
        items=tuple(figures),
    )


BREAKDOWNS = (
    m.Breakdown(by="source", fewest=5, parts=(part("paper", 0, 0.3), part("web", 0, 0.7))),
    m.Breakdown(
        by="class",
        fewest=10,
        parts=(part("Lá 1", 0, 0.5), part("", 0, 0.2), part(None, 3, 0.3)),
    ),
)


def get_results(asked: Asked) -> m.CampaignResults:
    found = get_campaign(asked)
    shown = Campaign(**{name: getattr(found, name) for name in Campaign.model_fields})
    if found.results is None or found.standing is None or found.standing.rate is None:
        return m.CampaignResults(
            campaign=shown,
            results=found.results,
            breakdowns=(m.Breakdown(by="source", fewest=5, parts=()),),
        )
    before = m.Change(code="F", points=-2.25, low=-5.5, high=1.25)
    return m.CampaignResults(
        campaign=shown,
        results=found.results,
        expectation=91.4,
        breakdowns=BREAKDOWNS,
        comparison=m.Comparison(
            campaign_id=found.campaign_id,
            period=Q1,
            rate=found.standing.rate,
            overall=before,
            items=(),
            groups=(),
        ),
    )


def get_signals(asked: Asked) -> m.Signals:
    if get_campaign(asked).results is None:
        return m.Signals(items=())
    return m.Signals(
        items=(
            m.Signal(kind="identical", raised=True, number=90, total=163, percent=55.2, bound=50),
            m.Signal(
                kind="burst",
                raised=False,
                number=40,
                total=163,
                percent=24.5,
                bound=40,
                day=date(2024, 3, 8),
            ),
            m.Signal(kind="paper_gap", raised=True, points=12.5, low=3.25, high=20.0),
        )
    )


def list_comments(asked: Asked) -> Comments:
    assert get_campaign(asked)
    wanted = asked.query.get("search", "")
    found = [one for one in COMMENTS if wanted in one.body]
    return Comments(
        asked=(
            CommentedItem(code="H", words=Words(vi="Cần cải thiện gì?", en="What?"), number=60),
        ),
        items=tuple(found),
        found=len(found),
        pages=2 if found else 0,
    )


def get_league(asked: Asked) -> League:
    form = "care" if asked.query.get("form") == "care" else "tthc"
    period = asked.query.get("period")
    if period not in {None, Q1.key}:
        raise Problem("surveys.unknown_period", period=period)
    closed = [
        one
        for one in CAMPAIGNS
        if one.form == form and one.state == "closed" and in_scope(asked, one.school)
    ]
    rows = tuple(
        LeagueRow(
            campaign_id=one.campaign_id,
            school=one.school,
            school_title=one.school_title,
            responses=one.responses,
            handed_out=one.handed_out,
            target_percent=95,
            standing=one.standing,
            expectation=None,
            enough=one.standing.rate is not None,
            place=place if one.standing.rate is not None else None,
        )
        for place, one in enumerate(closed, 1)
        if one.standing is not None
    )
    items = tuple(
        Pooled(
            code=code,
            valid=sum(counts),
            rate=rate(counts),
            words=Words(vi=vi, en=code),
            schools=3,
        )
        for _, code, vi, counts in ITEMS
    )
    extra = (
        Pooled(
            code="C3", valid=118, counts=(2, 116), words=Words(vi="Phiền hà?", en="C3"), schools=3
        ),
        Pooled(code="E1", valid=80, mean=91.4, words=Words(vi="Đáp ứng?", en="E1"), schools=3),
    )
    pooled = rate((1, 5, 19, 230, 165))
    return League(
        form=form,
        period=Q1 if closed else None,
        periods=(Q1,) if closed else (),
        minimum_sample=30,
        target_percent=95,
        campaigns=len(closed),
        left_out=1,
        responses=489,
        response_percent=55.6,
        rate=pooled,
        expectation=91.4,
        lowest_item="A2",
        groups=tuple(
            Pooled(code=code, valid=420, rate=pooled, words=words, schools=3)
            for code, words in GROUPS.items()
        ),
        items=items + extra,
        rows=rows,
        trend=(TrendPoint(period=Q1, schools=4, responses=489, rate=pooled),),
    )


ROUTES: dict[str, Route] = {
    "GET /results": get_league,
    "GET /campaigns/{campaign_id}/results": get_results,
    "GET /campaigns/{campaign_id}/signals": get_signals,
    "GET /campaigns/{campaign_id}/comments": list_comments,
}
