"""What parents wrote, for the heads of their school, once the campaign is closed."""

from contracts.rpc import comments as m
from surveys.application.campaigns import seen
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.searching import search_key
from surveys.storage.unit_of_work import SurveysUnitOfWork


def list_comments(work: SurveysUnitOfWork, wanted: m.ListComments) -> m.Comments:
    """Return a page of comments; an item with fewer than five is left out. Reading is audited."""
    campaign = seen(work, wanted.campaign_id)
    form = work.forms.asked_by(campaign)
    numbers = work.comments.numbers(campaign.id) if campaign.state == "closed" else {}
    shown = {code for code, number in numbers.items() if number >= FEWEST_SHOWN}
    asked = tuple(
        m.CommentedItem(
            code=item.code,
            words=item.words,
            number=numbers[item.code] if item.code in shown else None,
        )
        for _, item in form.placed_items()
        if item.kind == "text"
    )
    if wanted.item is not None:
        shown &= {wanted.item}
    if not shown:
        erased_on = campaign.comments_erased_on
        return m.Comments(asked=asked, items=(), found=0, pages=0, erased_on=erased_on)
    key = search_key(wanted.search)
    found = work.comments.found(campaign.id, shown, key)
    work.audit("read_comments", str(campaign.id), school=campaign.school)
    size = wanted.size
    page = work.comments.page(campaign.id, shown, key, skip=size * (wanted.page - 1), limit=size)
    return m.Comments(asked=asked, items=tuple(page), found=found, pages=-(-found // size))
