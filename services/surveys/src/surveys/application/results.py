"""What came out of one campaign: whole, part by part, beside the one before, worth a look."""

from contracts.rpc import results as m
from surveys.application.campaigns import seen, show, tally
from surveys.application.cutting import cuts, figure_rules, whole_sheets
from surveys.domain.campaigns import Campaign
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.figures import (
    expectation,
    group_changes,
    item_changes,
    rate_change,
    show_breakdowns,
)
from surveys.domain.secrecy import sees_about_head, sees_classes
from surveys.domain.showing import show_rate, show_results
from surveys.domain.signals import signals
from surveys.domain.tally import Tally
from surveys.storage.unit_of_work import SurveysUnitOfWork


def get_results(work: SurveysUnitOfWork, wanted: m.GetResults) -> m.CampaignResults:
    """Return all that the actor may see of a campaign's results."""
    campaign = seen(work, wanted.campaign_id)
    (shown,) = show(work, [campaign])
    if campaign.state != "closed":
        return m.CampaignResults(campaign=shown, results=None)
    counted = tally(work, campaign)
    found = cuts(work, campaign, counted)
    role = work.actor.role
    wanted_cuts: tuple[m.Dimension, ...] = ("source",)
    if sees_classes(role):
        wanted_cuts = ("source", "class")
    return m.CampaignResults(
        campaign=shown,
        results=show_results(
            counted,
            improper_demands=work.demands.count([campaign.id], work.actor).get(campaign.id, 0),
            with_demand_item=sees_about_head(role),
        ),
        expectation=expectation(counted),
        breakdowns=show_breakdowns(counted.form, found, wanted_cuts),
        comparison=_comparison(work, campaign, counted),
    )


def get_signals(work: SurveysUnitOfWork, wanted: m.GetSignals) -> m.Signals:
    """Return what is worth a look in a closed campaign."""
    campaign = seen(work, wanted.campaign_id)
    if campaign.state != "closed":
        return m.Signals(items=())
    counted = tally(work, campaign)
    found = cuts(work, campaign, counted)
    told = counted.form.overall in found.items
    items = signals(
        counted.responses,
        whole_sheets(work, campaign, counted, found),
        work.results.by_day(campaign.id),
        found.parts.get("source", ()) if told else (),
        figure_rules(),
    )
    return m.Signals(items=tuple(items))


def _comparison(work: SurveysUnitOfWork, campaign: Campaign, counted: Tally) -> m.Comparison | None:
    """Compare with the school's campaign before, None where there is nothing to compare."""
    earlier = work.campaigns.before(campaign)
    if earlier is None:
        return None
    before = tally(work, earlier)
    if before.overall.valid < FEWEST_SHOWN:
        return None
    both = before.shown(FEWEST_SHOWN) & counted.shown(FEWEST_SHOWN)
    overall = counted.form.overall
    same = overall in both and before.form.overall == overall
    return m.Comparison(
        campaign_id=earlier.id,
        period=earlier.period,
        rate=show_rate(before.overall),
        overall=rate_change(overall, before.overall, counted.overall) if same else None,
        items=tuple(item_changes(before, counted, both)),
        groups=tuple(group_changes(before, counted, both)),
    )
