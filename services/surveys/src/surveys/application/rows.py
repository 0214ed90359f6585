"""The answers of a campaign as rows that are nobody's sheet (decision 0014)."""

from contracts.rpc import rows as m
from surveys.application.campaigns import seen, show, tally
from surveys.application.cutting import cuts, whole_sheets
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.rows import column_rest, linked_items, row_items
from surveys.storage.unit_of_work import SurveysUnitOfWork


def get_rows(work: SurveysUnitOfWork, wanted: m.GetRows) -> m.Rows:
    """Return the rows of a closed campaign, none of an open one; who asked is audited."""
    campaign = seen(work, wanted.campaign_id)
    (shown,) = show(work, [campaign])
    if campaign.state != "closed" or (campaign.responses or 0) < FEWEST_SHOWN:
        return m.Rows(campaign=shown, sheets=0, columns=(), whole=())
    work.audit("read_rows", str(campaign.id), school=campaign.school)
    counted = tally(work, campaign)
    found = cuts(work, campaign, counted)
    linked = linked_items(counted, found)
    whole = whole_sheets(work, campaign, counted, found)
    return m.Rows(
        campaign=shown,
        sheets=counted.responses,
        columns=tuple(
            m.Column(
                item=item.code,
                kind=item.kind,
                words=item.words,
                linked=item in linked,
                rest=column_rest(counted, item, linked, whole),
            )
            for item in row_items(counted)
        ),
        whole=tuple(whole),
    )
