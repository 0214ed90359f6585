"""Satisfaction as it is shown: one campaign's result, or many pooled from their counts."""

from collections.abc import Iterable, Sequence

from contracts.events.surveys import FormKind
from contracts.periods import PeriodRef
from contracts.rpc.figures import SatisfactionFigures
from reports.domain.satisfaction import Counts, pooled
from reports.shipped import FigureRules
from reports.storage.campaigns import Campaign


def periods_of(campaigns: Iterable[Campaign]) -> tuple[PeriodRef, ...]:
    """Return the periods of campaigns, newest first."""
    found = {campaign.period.key: campaign.period for campaign in campaigns}
    return tuple(sorted(found.values(), key=lambda p: (p.ends_on, p.starts_on), reverse=True))


def newest_with_results(campaigns: Sequence[Campaign]) -> PeriodRef | None:
    """Return the newest period with a closed campaign, else the newest, else None."""
    closed = [campaign for campaign in campaigns if campaign.counts is not None]
    return next(iter(periods_of(closed or campaigns)), None)


def figures(
    campaigns: Sequence[Campaign], form: FormKind, period: PeriodRef | None, rules: FigureRules
) -> SatisfactionFigures | None:
    """Return the figures of a form for a period; None where there was no campaign.

    One campaign keeps its verdict; several are pooled and have none. Counts that are too few to
    be told are left out of the pool: they could be told from it and the others.
    """
    found = [
        c for c in campaigns if c.form == form and period is not None and c.period.key == period.key
    ]
    if not found:
        return None
    closed = [campaign for campaign in found if campaign.counts is not None]
    shown = closed or found
    one = shown[0] if len(shown) == 1 else None
    handed_out = [campaign.handed_out for campaign in shown]
    known = None if None in handed_out else sum(number or 0 for number in handed_out)
    told = [c.counts for c in closed if c.counts and c.counts.valid >= rules.smallest_group]
    counts = pooled(told) if closed else None
    return _shown(
        SatisfactionFigures(
            form=form,
            campaign_id=one.campaign_id if one else None,
            state="closed" if closed else "open",
            responses=sum(campaign.responses for campaign in shown),
            handed_out=known,
            valid=None,
            satisfied=None,
            very_satisfied=None,
            percent=None,
            very_satisfied_percent=None,
            wilson_low=None,
            wilson_high=None,
            enough=False,
            target_percent=one.target_percent if one else None,
            verdict=one.verdict if one else None,
            conclusive=one.conclusive if one else None,
        ),
        counts,
        rules,
    )


def _shown(
    bare: SatisfactionFigures, counts: Counts | None, rules: FigureRules
) -> SatisfactionFigures:
    """Fill in the counts unless the group is too small to be told."""
    if counts is None or counts.valid < rules.smallest_group:
        return bare
    low, high = counts.wilson or (None, None)
    return bare.model_copy(
        update={
            "valid": counts.valid,
            "satisfied": counts.satisfied,
            "very_satisfied": counts.very_satisfied,
            "percent": counts.percent,
            "very_satisfied_percent": counts.very_satisfied_percent,
            "wilson_low": low,
            "wilson_high": high,
            "enough": counts.valid >= rules.minimum_sample,
        }
    )
