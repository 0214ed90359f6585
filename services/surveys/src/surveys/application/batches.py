"""Batches of answers from paper: typed in, listed, undone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.answers import check
from contracts.correlation import anonymous_id
from contracts.events.surveys import (
    FormKind,
    ImproperDemandWithdrawn,
    ResponsesWithdrawn,
    Source,
)
from contracts.problems import Problem
from contracts.rpc import batches as messages
from contracts.rpc.surveys import Submission
from messaging import Trace, record_all
from surveys.application.campaigns import seen
from surveys.application.storing import Accepted, store
from surveys.domain.batches import Batch
from surveys.domain.campaigns import Campaign, start_of
from surveys.domain.slips import CLASS_COLUMN, Fault, refuse_rows
from surveys.domain.submissions import digest
from surveys.storage.unit_of_work import SurveysUnitOfWork

PAPER: Source = "paper"


@dataclass(frozen=True)
class Entered:
    """A batch after slips were typed in, `new` of them; what is counted is counted by the form."""

    shown: messages.Batch
    form: FormKind
    new: int


@dataclass(frozen=True)
class Undone:
    """A batch that is undone, and how many answers are gone."""

    shown: messages.Batch
    form: FormKind
    answers: int


def enter_slips(work: SurveysUnitOfWork, wanted: messages.EnterSlips) -> Entered:
    """Store slips that were typed in: all of them or none.

    A slip that is in already, by its `submission_id`, is not stored again.
    """
    campaign = hold_open(work, wanted.campaign_id)
    kept = work.responses.kept(slip.submission_id for slip in wanted.slips)
    fresh = {s.submission_id: s for s in wanted.slips if s.submission_id not in kept}
    known = work.batches.find(wanted.batch_id, lock=True)
    batch = known or Batch(
        id=wanted.batch_id,
        campaign_id=campaign.id,
        kind="typed",
        title=wanted.title,
        state="stored",
        answers=0,
        total=0,
        entered_on=work.today,
        undone_on=None,
        correlation_id=anonymous_id(),
    )
    batch = batch.grow(campaign.id, len(fresh))
    accepted = accept_slips(work, campaign, batch, fresh.values())
    if known is not None:
        work.batches.save(batch)
    elif not work.batches.add(batch):
        raise Problem("resource.conflict")
    stored = store(work, accepted)
    if len(stored) < len(accepted):
        raise Problem("resource.conflict")
    work.audit(
        "enter_slips",
        str(batch.id),
        school=campaign.school,
        after={"slips": len(fresh), "answers": batch.answers},
    )
    return Entered(show(batch), campaign.form, len(stored))


def accept_slips(
    work: SurveysUnitOfWork, campaign: Campaign, batch: Batch, slips: Iterable[messages.Slip]
) -> list[Accepted]:
    """Return slips checked against the campaign's form; raises `surveys.rows_invalid`."""
    form = work.forms.asked_by(campaign)
    accepted: list[Accepted] = []
    faults: list[Fault] = []
    for row, slip in enumerate(slips, start=1):
        checked = check(form, slip.answers, demand=slip.demand is not None)
        faults += [Fault(row, error.item, error.code) for error in checked.errors]
        if slip.class_code is not None and slip.class_code not in campaign.classes:
            faults.append(Fault(row, CLASS_COLUMN, "unknown_class"))
        submission = Submission(
            submission_id=slip.submission_id,
            correlation_id=anonymous_id(),
            slug=campaign.slug,
            source=PAPER,
            answers=slip.answers,
            demand=slip.demand,
        )
        accepted.append(
            Accepted(
                submission,
                campaign,
                form,
                checked.answers,
                digest(submission),
                class_code=slip.class_code,
                batch=batch,
            )
        )
    refuse_rows(faults)
    return accepted


def list_batches(work: SurveysUnitOfWork, wanted: messages.ListBatches) -> messages.Batches:
    """Return the batches of a campaign in the actor's scope."""
    found = work.batches.of_campaign(seen(work, wanted.campaign_id).id)
    return messages.Batches(items=tuple(show(batch) for batch in found))


def get_batch(work: SurveysUnitOfWork, wanted: messages.GetBatch) -> messages.Batch:
    """Return a batch of a campaign in the actor's scope."""
    return show(_seen(work, wanted.batch_id))


def undo_batch(work: SurveysUnitOfWork, wanted: messages.UndoBatch) -> Undone:
    """Take back what a batch brought, while its campaign takes answers; others are told."""
    campaign = hold_open(work, _seen(work, wanted.batch_id).campaign_id)
    before = work.batches.find(wanted.batch_id, lock=True)
    assert before is not None, "a batch is never deleted"
    undone = before.undo(work.today)
    days, reports = work.batches.take_back(before.id)
    work.batches.save(undone)
    _tell_withdrawn(work, campaign, before, days, reports)
    work.audit(
        "undo_batch",
        str(before.id),
        school=campaign.school,
        before={"state": before.state, "answers": before.answers},
        after={"state": undone.state, "answers": undone.answers},
    )
    return Undone(show(undone), campaign.form, sum(days.values()))


def hold_open(work: SurveysUnitOfWork, campaign_id: UUID) -> Campaign:
    """Return a campaign in the actor's scope, held open to the end of the transaction.

    Raises `resource.not_found`, `surveys.campaign_not_open`, `surveys.campaign_closed`.
    """
    slug = seen(work, campaign_id).slug
    campaign = work.campaigns.share([slug]).get(slug)
    if campaign is None:  # the calendar took a planned one back meanwhile
        raise Problem("resource.not_found")
    refusal = campaign.refuse_answers(work.today)
    if refusal is not None:
        raise refusal
    return campaign


def show(batch: Batch) -> messages.Batch:
    """Return a batch as staff see it."""
    return messages.Batch(
        batch_id=batch.id,
        campaign_id=batch.campaign_id,
        kind=batch.kind,
        title=batch.title,
        state=batch.state,
        answers=batch.answers,
        total=batch.total,
        entered_on=batch.entered_on,
        undone_on=batch.undone_on,
    )


def _seen(work: SurveysUnitOfWork, batch_id: UUID) -> Batch:
    batch = work.batches.find(batch_id)
    if batch is None or work.campaigns.seen(batch.campaign_id, work.actor) is None:
        raise Problem("resource.not_found")
    return batch


def _tell_withdrawn(
    work: SurveysUnitOfWork,
    campaign: Campaign,
    batch: Batch,
    days: Mapping[date, int],
    reports: Iterable[tuple[UUID, bool]],
) -> None:
    """Tell how many answers are gone, by their day, and which reports; on the batch's chain."""
    about = {"campaign_id": campaign.id, "school": campaign.school}
    answers = [
        ResponsesWithdrawn.model_validate(
            about | {"form": campaign.form, "source": PAPER, "day": day, "answers": number}
        )
        for day, number in days.items()
    ]
    demands = [
        ImproperDemandWithdrawn.model_validate(
            about | {"report_id": report, "concerns_head": head, "withdrawn_on": work.today}
        )
        for report, head in reports
    ]
    record_all(
        work.connection,
        work.service,
        [(event, Trace(batch.correlation_id)) for event in (*answers, *demands)],
        at=start_of(work.today),
    )
