"""A sheet of answers from paper: checked as a whole, kept, then stored by the timer."""

import binascii
import logging
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from contracts.correlation import anonymous_id
from contracts.events.surveys import FormKind
from contracts.forms import Form
from contracts.problems import Problem
from contracts.rpc import batches as messages
from surveys.application.batches import accept_slips, hold_open, show
from surveys.application.storing import store
from surveys.domain.batches import Batch
from surveys.domain.campaigns import Campaign
from surveys.domain.slip_sheets import read_file
from surveys.domain.slips import read_slips
from surveys.storage.unit_of_work import SurveysUnitOfWork, Units

log = logging.getLogger(__name__)
CHUNK: Final = 500


@dataclass(frozen=True)
class Sheet:
    """What a sheet is read by: the form, the classes, and the file itself."""

    form: Form
    classes: tuple[str, ...]
    data: bytes


def open_sheet(work: SurveysUnitOfWork, wanted: messages.ImportSheet) -> Sheet:
    """Return what the file is read by; raises what refuses a batch, before any work is done."""
    campaign = hold_open(work, wanted.campaign_id)
    form = work.forms.asked_by(campaign)
    try:
        data = b64decode(wanted.content, validate=True)
    except binascii.Error:
        raise Problem("request.invalid", fields=["content"]) from None
    return Sheet(form, campaign.classes, data)


def check_sheet(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the slips of a file as JSON: pure, and seconds of work for thousands of rows.

    Raises the problems of `slip_sheets.read_file` and `slips.read_slips`.
    """
    slips = read_slips(sheet.form, sheet.classes, read_file(sheet.data))
    return [slip.model_dump(mode="json") for slip in slips]


def accept_sheet(
    work: SurveysUnitOfWork, wanted: messages.ImportSheet, slips: Sequence[dict[str, Any]]
) -> messages.Batch:
    """Keep checked slips for the timer, which stores all of them or none.

    Raises `surveys.sheet_known` for a file that is in already, unless it is sent as another one.
    """
    campaign = hold_open(work, wanted.campaign_id)
    batch = Batch(
        id=uuid4(),
        campaign_id=campaign.id,
        kind="file",
        title=wanted.file_name,
        state="storing",
        answers=0,
        total=len(slips),
        entered_on=work.today,
        undone_on=None,
        correlation_id=anonymous_id(),
        digest=None if wanted.again else sha256(wanted.content.encode("ascii")).digest(),
    )
    if not work.batches.add(batch):
        known = work.batches.same_file(batch)
        raise Problem(
            "surveys.sheet_known",
            title=known.title if known else batch.title,
            entered_on=(known or batch).entered_on.isoformat(),
        )
    work.batches.keep_rows(batch.id, slips)
    work.audit(
        "import_sheet",
        str(batch.id),
        school=campaign.school,
        after={"file_name": batch.title, "slips": batch.total},
    )
    return show(batch)


def store_next(units: Units) -> tuple[FormKind, int] | None:
    """Store the file that has waited the longest; returns form and number, None without any.

    One transaction holds all of it; how far it is stands in transactions of their own. A replica
    that dies leaves the file waiting, as if nothing had begun.
    """
    with units.alone("surveys.importing") as work:
        found = work.batches.next_storing() if work is not None else None
        if work is None or found is None:
            return None
        batch, rows = found
        work.batches.drop_rows(batch.id)
        try:
            with work.connection.begin_nested():
                campaign = _store(units, work, batch, rows)
        except Problem as problem:
            log.warning("a file was not stored: %s", problem.code)
            work.batches.save(batch.end("failed"))
            return None
        work.batches.save(batch.end("stored"))
        return campaign.form, batch.total


def _store(
    units: Units, work: SurveysUnitOfWork, batch: Batch, rows: Sequence[dict[str, Any]]
) -> Campaign:
    """Store all rows of a file; raises when the campaign has ended, or lost a class, meanwhile."""
    campaign = hold_open(work, batch.campaign_id)
    for start in range(0, len(rows), CHUNK):
        slips = [messages.Slip.model_validate(row) for row in rows[start : start + CHUNK]]
        accepted = accept_slips(work, campaign, batch, slips)
        assert len(store(work, accepted)) == len(accepted), "ids of a file are made here"
        with units.for_system() as beside:
            beside.batches.tell_progress(batch.id, start + len(slips))
    return campaign


def store_all(units: Units) -> list[tuple[FormKind, int]]:
    """Store every file that waits; returns form and number of each."""
    stored = []
    while (one := store_next(units)) is not None:
        stored.append(one)
    return stored
