"""What people wrote is erased when its time is over, or because somebody asked for it."""

from contracts.problems import Problem
from contracts.rpc import keeping as messages
from contracts.rpc.base import SYSTEM
from surveys.application.campaigns import seen
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.keeping import KeepingRule, closed_until
from surveys.storage.unit_of_work import SurveysUnitOfWork, Units


def list_keeping_rules(
    work: SurveysUnitOfWork, _: messages.ListKeepingRules
) -> messages.KeepingRules:
    """Return all rules."""
    return messages.KeepingRules(items=tuple(_show(work, rule) for rule in work.keeping.rules()))


def set_keeping_rule(
    work: SurveysUnitOfWork, wanted: messages.SetKeepingRule
) -> messages.KeepingRule:
    """Add a rule that begins to hold on a day ahead."""
    if wanted.valid_from <= work.today:
        raise Problem("surveys.keeping_began", valid_from=wanted.valid_from.isoformat())
    rule = KeepingRule(wanted.words, wanted.valid_from, wanted.months, wanted.legal_basis)
    work.keeping.put(rule)
    shown = _show(work, rule)
    subject = f"{rule.words}/{rule.valid_from.isoformat()}"
    work.audit("set_keeping_rule", subject, after=shown.model_dump(mode="json"))
    return shown


def erase_comment(work: SurveysUnitOfWork, wanted: messages.EraseComment) -> messages.Erased:
    """Erase what one parent wrote, where it is shown; the reason is kept, the words are not."""
    campaign = seen(work, wanted.campaign_id)
    numbers = work.comments.numbers(campaign.id) if campaign.state == "closed" else {}
    item = work.keeping.erase_comment(campaign.id, wanted.comment_id)
    if item is None or numbers.get(item, 0) < FEWEST_SHOWN:
        raise Problem("resource.not_found")
    work.audit(
        "erase_comment",
        str(campaign.id),
        school=campaign.school,
        after={"item": item, "reason": wanted.reason},
    )
    return messages.Erased(words="comments", number=1)


def erase_report(work: SurveysUnitOfWork, wanted: messages.EraseReport) -> messages.Erased:
    """Erase the words of a report that the actor may read."""
    report = work.demands.seen(wanted.report_id, work.actor)
    if report is None:
        raise Problem("resource.not_found")
    work.keeping.erase_report(report.report_id, work.today)
    work.audit(
        "erase_report",
        str(report.report_id),
        school=report.school,
        after={"reason": wanted.reason},
    )
    return messages.Erased(words="reports", number=1)


def erase_all(units: Units) -> dict[messages.Words, int]:
    """Erase what is kept long enough; returns how many texts of each kind."""
    with units.for_system() as work:
        reports = _erase_reports(work)
    erased: dict[messages.Words, int] = {"comments": 0, "reports": reports}
    while True:
        with units.for_system() as work:
            number = _erase_next_comments(work)
        if number is None:
            return erased
        erased["comments"] += number


def _erase_next_comments(work: SurveysUnitOfWork) -> int | None:
    """Erase the comments of one campaign; None where there is none to erase."""
    until = closed_until(work.keeping.rules(), "comments", work.today)
    campaign_id = work.keeping.next_with_comments(until) if until is not None else None
    if campaign_id is None:
        return None
    number = work.keeping.erase_comments(campaign_id, work.today)
    if number:
        campaign = work.campaigns.seen(campaign_id, SYSTEM)
        school = campaign.school if campaign else None
        work.audit("erase_comments", str(campaign_id), school=school, after={"number": number})
    return number


def _erase_reports(work: SurveysUnitOfWork) -> int:
    until = closed_until(work.keeping.rules(), "reports", work.today)
    schools = work.keeping.erase_reports(until, work.today) if until is not None else {}
    for school, number in schools.items():
        work.audit("erase_reports", school, school=school, after={"number": number})
    return sum(schools.values())


def _show(work: SurveysUnitOfWork, rule: KeepingRule) -> messages.KeepingRule:
    return messages.KeepingRule(
        words=rule.words,
        valid_from=rule.valid_from,
        months=rule.months,
        legal_basis=rule.legal_basis,
        in_force=rule.valid_from <= work.today,
    )
