"""Documents under their numbers: checked, made into Word files, kept for good, given out."""

import base64
from dataclasses import dataclass, replace

from contracts.problems import Problem
from contracts.rpc import documents as m
from reports.application import letters
from reports.application.approving import check_approved
from reports.application.completeness import refuse_incomplete, unwritten
from reports.application.documents import (
    current,
    document_in_scope,
    document_message,
    report_in_scope,
)
from reports.domain.documents import checking, symbols
from reports.domain.documents.layout import in_force
from reports.domain.documents.letter import signing_lines
from reports.domain.documents.records import Kept
from reports.domain.documents.rendering import TemplateFault, render
from reports.domain.obligations import DELIVERED
from reports.domain.preparing import Preparation
from reports.shipped import document_layouts, shipped_template
from reports.storage.chronicle import NewStep
from reports.storage.documents import NumberTaken
from reports.storage.unit_of_work import ReportsUnitOfWork


@dataclass(frozen=True)
class ToProduce:
    """What a Word file is made of; nothing else is asked of the database meanwhile."""

    kept: Kept
    template: bytes


def to_issue(work: ReportsUnitOfWork, request: m.NumberDocument) -> ToProduce:
    """Return what the issued document will be made of; stores nothing; raises `Problem`."""
    before = document_in_scope(work, request.document_id)
    _check_draft(before)
    symbol = request.symbol or before.letter.symbol
    if not symbols.is_symbol(symbol):
        raise Problem("reports.symbol_malformed", symbol=symbol)
    obligation = report_in_scope(work, before.obligation_id)
    approved = check_approved(work, obligation)
    sections = letters.sections(work, obligation, before.texts)
    refuse_incomplete(unwritten(sections))
    day = request.issued_on
    issuer = work.school_names.on(before.school, day) or before.letter.issuer
    head, second = symbols.offices_of(issuer)
    letter = replace(
        before.letter,
        number=request.number,
        symbol=symbol,
        issued_on=day,
        authority=letters.authority(work, before.school, day, request.units),
        issuer=issuer,
        sections=sections,
        signing=signing_lines(head, second if approved.in_place else None),
        signer=request.signer or _signer(before, approved),
        recipients=letters.recipients(work, obligation, day, request.units),
    )
    version = work.templates.newest(before.kind)
    kept = replace(
        before,
        letter=letter,
        register_of=request.register_of,
        deputy=approved.in_place,
        template_version=version,
        pdf_state="waiting",
    )
    return ToProduce(kept, template_of(work, kept.kind, version))


def produce(what: ToProduce) -> bytes:
    """Return the Word file; raises `Problem` where it would not be in order."""
    letter = what.kept.letter
    try:
        made = render(what.template, letter)
    except TemplateFault as fault:
        raise refused(fault) from None
    if letter.number is not None:
        faults = checking.check(made, in_force(document_layouts(), letter.issued_on), letter)
        if faults:
            raise refused(TemplateFault("layout", str(faults[0]), faults[0].parts))
    return made


def refused(fault: TemplateFault) -> Problem:
    """Return what is wrong with a template as a problem."""
    return Problem("reports.template_refused", why=fault.why, field=fault.field, **fault.more)


def issue(work: ReportsUnitOfWork, made: ToProduce, docx: bytes) -> m.Document:
    """Keep the document with its number and its file; raises `Problem`."""
    obligation = report_in_scope(work, made.kept.obligation_id, lock=True)
    check_approved(work, obligation)
    before = document_in_scope(work, made.kept.document_id, lock=True)
    _check_draft(before)
    if before.version != made.kept.version:
        raise Problem("reports.document_changed")
    kept = replace(
        made.kept,
        numbered_at=work.now,
        numbered_by=work.actor.display_name,
        submission=obligation.submissions if obligation.state in DELIVERED else None,
        version=before.version + 1,
    )
    letter = kept.letter
    try:
        work.documents.issue(kept, docx)
    except NumberTaken:
        raise Problem(
            "reports.number_taken", number=letter.number, year=letter.issued_on.year
        ) from None
    number = f"{letter.number_words}/{letter.symbol}"
    work.chronicle.add_steps(
        [
            NewStep(
                kept.obligation_id,
                "document_numbered",
                at=work.now,
                actor=work.actor,
                params={"number": number, "issued_on": letter.issued_on.isoformat()},
            )
        ]
    )
    work.audit(
        "document.numbered",
        str(kept.document_id),
        school=kept.school,
        before={"number": None},
        after={
            "number": number,
            "register": kept.register_of,
            "issued_on": letter.issued_on.isoformat(),
        },
    )
    return document_message(kept)


def to_give_out(work: ReportsUnitOfWork, request: m.GetDocumentFile) -> m.DocumentFile | ToProduce:
    """Return the stored file, or what a draft's file is made of; raises `Problem`."""
    kept = current(work, document_in_scope(work, request.document_id))
    if kept.letter.number is None:
        if request.format == "pdf":
            raise Problem("reports.document_unnumbered")
        return ToProduce(kept, template_of(work, kept.kind, kept.template_version))
    if request.format == "pdf" and kept.pdf_state != "ready":
        raise Problem("reports.pdf_not_ready", state=kept.pdf_state)
    stored = work.documents.file(kept.document_id, request.format)
    assert stored is not None  # what is numbered has its file, what is ready its PDF
    return file_of(kept, request.format, stored)


def file_of(kept: Kept, kind: m.FileKind, data: bytes) -> m.DocumentFile:
    """Return a file under a name that says what it is."""
    letter = kept.letter
    number = "du-thao" if letter.number is None else letter.number_words
    name = f"{number}-{kept.kind}-{kept.school}-{letter.issued_on.year}.{kind}"
    return m.DocumentFile(name=name, content=base64.b64encode(data).decode("ascii"))


def template_of(work: ReportsUnitOfWork, kind: str, version: int) -> bytes:
    """Return the file of a template's version; raises `Problem`."""
    if version == 0:
        return shipped_template()
    stored = work.templates.file(kind, version)
    if stored is None:
        raise Problem("resource.not_found")
    return stored


def _signer(before: Kept, approved: Preparation) -> str:
    """The draft's, unless somebody else than it says approved: then whoever did."""
    same = before.deputy == approved.in_place
    return before.letter.signer if same else approved.approved_by or before.letter.signer


def _check_draft(kept: Kept) -> None:
    if kept.letter.number is not None:
        raise Problem("reports.document_numbered", number=kept.letter.number_words)
