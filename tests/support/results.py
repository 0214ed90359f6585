"""Results of a campaign as surveys tells them, for tests of what shows them."""

from datetime import date
from uuid import UUID

from contracts.results import Results, Standing
from contracts.rpc import results as m
from contracts.rpc.league import League, LeagueRow, TrendPoint
from contracts.rpc.public_results import PublicResults
from contracts.rpc.rows import AnswerCount, Column, Rows, WholeSheet
from contracts.rpc.surveys import Campaign
from surveys.domain.breaking_down import cut
from surveys.domain.figures import expectation, item_changes, rate_change, show_breakdowns
from surveys.domain.showing import show_rate, show_results, show_standing
from surveys.domain.tally import Tally
from tests.support.surveys import CARE, Q1_2024

ID = UUID("9bc1cf18-f169-5efd-890f-b9587dee2e84")
WEB = {("Q1", "5"): 80, ("Q1", "4"): 30, ("Q1", "2"): 10, ("Q23", "5"): 90, ("Q23", "4"): 25} | {
    ("Q23", "1"): 5,
    ("Q24", "90"): 60,
    ("Q2", "5"): 4,
    ("Q27", "no"): 100,
    ("", ""): 120,
}
PAPER = {("Q1", "5"): 20, ("Q23", "5"): 20, ("Q24", "80"): 20, ("", ""): 20}


def tally(*parts: dict[tuple[str, str], int]) -> Tally:
    """Return parts together."""
    numbers: dict[tuple[str, str], int] = {}
    for part in parts:
        for key, number in part.items():
            numbers[key] = numbers.get(key, 0) + number
    return Tally(CARE, numbers[("", "")], numbers)


WHOLE = tally(WEB, PAPER)
CUTS = cut(
    WHOLE,
    {
        "source": {"web": tally(WEB), "paper": tally(PAPER)},
        "class": {"=lá 1": tally(WEB), "": tally(PAPER)},
    },
)
STANDING: Standing = show_standing(WHOLE, 95, 200)
RESULTS: Results = show_results(WHOLE, improper_demands=2, with_demand_item=True)
CAMPAIGN = Campaign(
    campaign_id=ID,
    school="hoa-cuc-mau",
    school_title="=Trường Mầm non Hoa Cúc (mẫu)",
    form="care",
    form_version=1,
    form_words=CARE.words,
    period=Q1_2024,
    opens_on=date(2024, 3, 1),
    closes_on=date(2024, 3, 14),
    closed_on=date(2024, 3, 15),
    state="closed",
    origin="calendar",
    target_percent=95,
    legal_basis="Kế hoạch số 513/KH-GDĐT",
    handed_out=200,
    slug="open000000000000",
    responses=140,
    standing=STANDING,
    version=3,
)
BEFORE = tally(PAPER)
change = rate_change("Q23", BEFORE.overall, WHOLE.overall)
TOLD = m.CampaignResults(
    campaign=CAMPAIGN,
    results=RESULTS,
    expectation=expectation(WHOLE),
    breakdowns=show_breakdowns(CARE, CUTS, ("source", "class")),
    comparison=m.Comparison(
        campaign_id=ID,
        period=Q1_2024,
        rate=show_rate(BEFORE.overall),
        overall=change,
        items=tuple(item_changes(BEFORE, WHOLE, {"Q1", "Q23", "Q24"})),
        groups=(),
    ),
)
OPEN = m.CampaignResults(
    campaign=CAMPAIGN.model_copy(
        update={"state": "open", "closed_on": None, "standing": None, "responses": 71}
    ),
    results=None,
)
ROWS = Rows(
    campaign=CAMPAIGN,
    sheets=17,
    columns=(
        Column(
            item="Q1",
            kind="scale5",
            words=CARE.groups[0].items[0].words,
            linked=True,
            rest=(
                AnswerCount(answer="", number=2),
                AnswerCount(answer="1", number=1),
                AnswerCount(answer="4", number=3),
            ),
        ),
        Column(
            item="Q24",
            kind="percent",
            words=CARE.groups[5].items[1].words,
            linked=False,
            rest=(AnswerCount(answer="", number=9), AnswerCount(answer="70", number=8)),
        ),
    ),
    whole=(WholeSheet(answers=("5",), number=11),),
)
LEAGUE = League(
    form="care",
    period=Q1_2024,
    periods=(Q1_2024,),
    minimum_sample=30,
    target_percent=95,
    campaigns=2,
    left_out=1,
    responses=143,
    response_percent=71.5,
    rate=show_rate(WHOLE.overall),
    expectation=87.5,
    lowest_item="Q1",
    groups=(),
    items=(),
    rows=(
        LeagueRow(
            campaign_id=ID,
            school="hoa-cuc-mau",
            school_title="Trường Mầm non Hoa Cúc (mẫu)",
            responses=140,
            handed_out=200,
            target_percent=95,
            standing=STANDING,
            expectation=87.5,
            enough=True,
            place=1,
        ),
        LeagueRow(
            campaign_id=ID,
            school="dam-may-tim",
            school_title="Trường Mầm non Đám Mây Tím (thí dụ)",
            responses=3,
            handed_out=None,
            target_percent=95,
            standing=Standing(
                verdict="no_answers", conclusive=False, rate=None, response_percent=None
            ),
            expectation=None,
            enough=False,
            place=None,
        ),
    ),
    trend=(TrendPoint(period=Q1_2024, schools=2, responses=143, rate=None),),
)
PUBLIC = PublicResults(
    slug="open000000000000",
    school="hoa-cuc-mau",
    school_title="Trường <Hoa Cúc> (mẫu)",
    form_words=CARE.words,
    period=Q1_2024,
    opens_on=date(2024, 3, 1),
    closed_on=date(2024, 3, 15),
    legal_basis="Kế hoạch số 513/KH-GDĐT",
    target_percent=95,
    responses=140,
    standing=STANDING,
    expectation=87.5,
    results=show_results(WHOLE, improper_demands=0, with_demand_item=False),
)
