"""The hot path: a batch of answers, stored in one transaction, one outcome for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from contracts.answers import check
from contracts.events.surveys import FormKind, Source
from contracts.problems import Problem, ProblemReply
from contracts.rpc.surveys import Outcome, Submission
from surveys.application.admitting import admit
from surveys.application.storing import Accepted, store
from surveys.domain.campaigns import Campaign
from surveys.domain.submissions import digest
from surveys.storage.responses import Kept
from surveys.storage.unit_of_work import SurveysUnitOfWork


@dataclass(frozen=True)
class Batch:
    """An outcome per item, in order; and the form and source of each answer that was stored."""

    outcomes: tuple[Outcome, ...]
    stored: tuple[tuple[FormKind, Source], ...]


def submit_responses(work: SurveysUnitOfWork, items: Sequence[Submission]) -> Batch:
    """Store a batch; what it returns is true once the transaction has committed.

    What is known by its `submission_id` gets its receipt, whatever else would refuse it: a resend
    comes after the campaign has closed, or when its code is used. Campaigns
    are locked against closing; one that closes meanwhile refuses. An item that is refused stores
    nothing and harms no neighbour. Events are told in the same transaction, dated on the day alone.
    """
    fresh: dict[UUID, Submission] = {}
    for item in items:
        fresh.setdefault(item.submission_id, item)
    checked, refused = _judge(work, fresh.values())
    accepted, kept_out = admit(work, checked)
    refused |= kept_out
    stored = store(work, accepted)
    kept = {a.submission.submission_id: Kept(a.digest, a.receipt) for a in stored}
    # What was not stored now may have been before, when its campaign was open and its code free.
    others = fresh.keys() - kept.keys()
    kept |= work.responses.kept(others) if others else {}
    new = {id(a.submission) for a in stored}
    outcomes = []
    for item in items:
        if id(item) in new:
            outcomes.append(_stored(item, kept[item.submission_id]))
        elif item.submission_id in kept:
            outcomes.append(_known(item, kept[item.submission_id]))
        else:
            outcomes.append(_refused(item, refused[item.submission_id]))
    return Batch(
        tuple(outcomes),
        tuple((a.campaign.form, a.submission.source) for a in stored),
    )


def _judge(
    work: SurveysUnitOfWork, items: Iterable[Submission]
) -> tuple[list[Accepted], dict[UUID, Problem]]:
    """Decide about each item; the campaigns are held open from here on."""
    items = list(items)
    held = work.campaigns.share(item.slug for item in items if item.slug.isalnum())
    accepted: list[Accepted] = []
    refused: dict[UUID, Problem] = {}
    for item in items:
        try:
            accepted.append(_accept(work, item, held.get(item.slug)))
        except Problem as problem:
            refused[item.submission_id] = problem
    return accepted, refused


def _accept(
    work: SurveysUnitOfWork,
    item: Submission,
    campaign: Campaign | None,
) -> Accepted:
    """Return the item checked; raises the `Problem` that it is refused with."""
    if campaign is None:
        raise Problem("surveys.unknown_campaign")
    problem = campaign.refuse_answers(work.today)
    if problem is not None:
        raise problem
    form = work.forms.asked_by(campaign)
    checked = check(form, item.answers, demand=item.demand is not None)
    if checked.errors:
        errors = [error.model_dump() for error in checked.errors]
        raise Problem("surveys.answers_invalid", errors=errors)
    return Accepted(item, campaign, form, checked.answers, digest(item))


def _known(item: Submission, kept: Kept) -> Outcome:
    if digest(item) != kept.digest:
        return _refused(item, Problem("surveys.submission_differs"))
    return Outcome(submission_id=item.submission_id, status="repeated", receipt=kept.receipt)


def _stored(item: Submission, kept: Kept) -> Outcome:
    return Outcome(submission_id=item.submission_id, status="stored", receipt=kept.receipt)


def _refused(item: Submission, problem: Problem) -> Outcome:
    reply = ProblemReply(code=problem.code, params=dict(problem.params))
    return Outcome(submission_id=item.submission_id, status="refused", problem=reply)
