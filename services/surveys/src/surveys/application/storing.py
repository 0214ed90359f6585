"""Accepted answers become rows and events, in one transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from contracts.answers import Answer
from contracts.codes import make_code
from contracts.events.surveys import ImproperDemandReported, ResponseSubmitted
from contracts.forms import YES, Form
from contracts.rpc.surveys import Demand, Submission
from messaging import Trace, record_all
from surveys.domain.batches import Batch
from surveys.domain.campaigns import Campaign, start_of
from surveys.domain.searching import search_text
from surveys.storage.unit_of_work import SurveysUnitOfWork


@dataclass(frozen=True)
class Accepted:
    """A submission that will be stored, unless somebody stores the same id first.

    `code` is the fingerprint of the code that lets it in, `batch` the one that it came with.
    """

    submission: Submission
    campaign: Campaign
    form: Form
    answers: dict[str, Answer]
    digest: bytes
    class_code: str | None = None
    code: str | None = None
    batch: Batch | None = None
    receipt: str = field(default_factory=lambda: make_code(secrets.randbits))

    @property
    def demand(self) -> Demand | None:
        """What was demanded; a bare "yes" is a report without words."""
        if self.submission.demand is not None:
            return self.submission.demand
        said_yes = self.form.demand is not None and self.answers.get(self.form.demand) == YES
        return Demand() if said_yes else None


def store(work: SurveysUnitOfWork, accepted: Sequence[Accepted]) -> list[Accepted]:
    """Insert what is new and tell it; returns what was new."""
    inserted = work.responses.add([_response_row(work, a) for a in accepted])
    stored = [a for a in accepted if a.submission.submission_id in inserted]
    work.codes.spend([a.code for a in stored if a.code is not None])
    work.responses.add_comments([row for a in stored for row in _comment_rows(work, a)])
    moment = start_of(work.today)
    told = record_all(
        work.connection,
        work.service,
        [(_submitted(work, a), Trace(a.submission.correlation_id)) for a in stored],
        at=moment,
    )
    reported = [
        (report, Trace(a.batch.correlation_id) if a.batch else Trace.following(envelope))
        for a, envelope in zip(stored, told, strict=True)
        if (report := _report(work, a)) is not None
    ]
    work.demands.add([row for (_, row), _ in reported])
    record_all(
        work.connection,
        work.service,
        [(event, trace) for (event, _), trace in reported],
        at=moment,
    )
    return stored


def _response_row(work: SurveysUnitOfWork, a: Accepted) -> dict[str, Any]:
    texts = {item.code for _, item in a.form.placed_items() if item.kind == "text"}
    return {
        "submission_id": a.submission.submission_id,
        "campaign_id": a.campaign.id,
        "day": work.today,
        "source": a.submission.source,
        "answers": {code: value for code, value in a.answers.items() if code not in texts},
        "digest": a.digest,
        "receipt": a.receipt,
        "class_code": a.class_code,
        "batch_id": a.batch.id if a.batch else None,
    }


def _comment_rows(work: SurveysUnitOfWork, a: Accepted) -> list[dict[str, Any]]:
    return [
        {
            "id": uuid4(),
            "campaign_id": a.campaign.id,
            "item": item.code,
            "day": work.today,
            "body": a.answers[item.code],
            "batch_id": a.batch.id if a.batch else None,
            "search_text": search_text(str(a.answers[item.code])),
        }
        for _, item in a.form.placed_items()
        if item.kind == "text" and item.code in a.answers
    ]


def _submitted(work: SurveysUnitOfWork, a: Accepted) -> ResponseSubmitted:
    return ResponseSubmitted(
        campaign_id=a.campaign.id,
        school=a.campaign.school,
        form=a.campaign.form,
        source=a.submission.source,
        day=work.today,
    )


def _report(
    work: SurveysUnitOfWork, a: Accepted
) -> tuple[ImproperDemandReported, dict[str, Any]] | None:
    """Return the event of a demand and its row, which alone holds the words."""
    if a.demand is None:
        return None
    told: dict[str, Any] = {
        "campaign_id": a.campaign.id,
        "school": a.campaign.school,
        "form": a.campaign.form,
        "concerns_head": a.demand.concerns_head,
        "day": work.today,
    }
    report_id = uuid4()
    words = {"kind": a.demand.kind, "what": a.demand.what, "when": a.demand.when}
    event = ImproperDemandReported(report_id=report_id, demand=a.demand.kind, **told)
    batch_id = a.batch.id if a.batch else None
    return event, {"id": report_id, "batch_id": batch_id, **told, **words}
