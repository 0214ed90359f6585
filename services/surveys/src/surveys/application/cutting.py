"""A closed campaign as everybody who may see it finds it: counted, and cut into parts."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from contracts.rpc.results import Dimension
from contracts.rpc.rows import WholeSheet
from surveys.domain.breaking_down import Cuts, cut
from surveys.domain.campaigns import Campaign
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.figure_rules import FigureRules
from surveys.domain.rows import linked_items, sheet_of, spared
from surveys.domain.tally import Tally
from surveys.storage.results import SHEETS
from surveys.storage.unit_of_work import SurveysUnitOfWork


@cache
def figure_rules() -> FigureRules:
    """Return the rules of showing figures that are shipped."""
    return FigureRules.read(files("surveys").joinpath("figures.yaml").read_text(encoding="utf-8"))


def cuts(work: SurveysUnitOfWork, campaign: Campaign, counted: Tally) -> Cuts:
    """Break a closed campaign down, the same for whoever looks."""
    form = counted.form
    tallies: Mapping[Dimension, Mapping[str, Tally]] = {
        dimension: {
            part: Tally(form, numbers.get(SHEETS, 0), numbers) for part, numbers in parts.items()
        }
        for dimension, parts in work.results.parts(campaign.id).items()
    }
    return cut(counted, tallies)


def whole_sheets(
    work: SurveysUnitOfWork, campaign: Campaign, counted: Tally, found: Cuts
) -> list[WholeSheet]:
    """Return the sheets that at least five parents filled in alike, as far as items are linked."""
    linked = linked_items(counted, found)
    form = counted.form
    known = {item.code for _, item in form.placed_items()}
    if form.filter is not None:
        known.add(form.filter.code)
    left_out = known - {item.code for item in linked}
    alike: dict[tuple[str, ...], int] = {}
    for answers, number in work.results.alike(campaign.id, left_out, FEWEST_SHOWN):
        sheet = sheet_of(linked, answers)
        alike[sheet] = alike.get(sheet, 0) + number
    return spared(alike, counted.responses)
