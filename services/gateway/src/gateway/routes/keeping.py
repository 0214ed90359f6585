"""How long what people wrote is kept, and what is erased before, because somebody asked for it."""

from uuid import UUID

from contracts.model import Model
from contracts.rpc import keeping as m
from contracts.written import Sentence
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")


class Erasing(Model):
    """Why something is erased: who asked for it, by which right. No words of what is erased."""

    reason: Sentence


@router.get("/keeping-rules", tags=["keeping"])
async def list_keeping_rules(ask: Ask) -> m.KeepingRules:
    """How long comments and the words of reports are kept after their campaign closed."""
    return await ask("surveys", "list_keeping_rules", m.ListKeepingRules(), m.KeepingRules)


@router.post("/keeping-rules", tags=["keeping"])
async def set_keeping_rule(ask: Ask, rule: m.KeepingBody) -> m.KeepingRule:
    """Add a rule that holds from a day ahead on, or replace the one of that day."""
    wanted = m.SetKeepingRule(**dict(rule))
    return await ask("surveys", "set_keeping_rule", wanted, m.KeepingRule)


@router.post("/campaigns/{campaign_id}/comments/{comment_id}/erase", tags=["keeping"])
async def erase_comment(
    ask: Ask, campaign_id: UUID, comment_id: UUID, erasing: Erasing
) -> m.Erased:
    """Erase what one parent wrote, for good; the reason is on record."""
    wanted = m.EraseComment(campaign_id=campaign_id, comment_id=comment_id, reason=erasing.reason)
    return await ask("surveys", "erase_comment", wanted, m.Erased)


@router.post("/demands/{report_id}/erase", tags=["keeping"])
async def erase_report(ask: Ask, report_id: UUID, erasing: Erasing) -> m.Erased:
    """Erase the words of a report, for good; that it was made stays, the reason is on record."""
    wanted = m.EraseReport(report_id=report_id, reason=erasing.reason)
    return await ask("surveys", "erase_report", wanted, m.Erased)
