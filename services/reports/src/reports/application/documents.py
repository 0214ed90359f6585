"""Official documents: composed as drafts, issued under the office's number, given out."""

import base64
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from contracts.problems import Problem
from contracts.rpc import documents as m
from reports.application import letters
from reports.application.approving import check_approved
from reports.application.completeness import refuse_incomplete, unwritten
from reports.domain.documents import checking, symbols
from reports.domain.documents.layout import in_force
from reports.domain.documents.letter import Letter, signing_lines
from reports.domain.documents.phrases import UNWRITTEN
from reports.domain.documents.records import Kept
from reports.domain.documents.rendering import TemplateFault, render
from reports.domain.obligations import Obligation
from reports.domain.preparing import INSIDE
from reports.shipped import document_layouts, shipped_template
from reports.storage.documents import NumberTaken
from reports.storage.unit_of_work import ReportsUnitOfWork


@dataclass(frozen=True)
class ToProduce:
    """What a Word file is made of; nothing else is asked of the database meanwhile."""

    kept: Kept
    template: bytes


def list_documents(work: ReportsUnitOfWork, request: m.ListDocuments) -> m.Documents:
    """The documents of a report in scope, the newest first; raises `Problem`."""
    obligation = _obligation(work, request.obligation_id)
    found = work.documents.of(obligation.obligation_id)
    return m.Documents(
        items=tuple(_shown(_current(work, kept)) for kept in found if _told(work, kept))
    )


def get_document(work: ReportsUnitOfWork, request: m.GetDocument) -> m.Document:
    """One document in scope; raises `Problem`."""
    return _shown(_current(work, _found(work, request.document_id)))


def compose_document(work: ReportsUnitOfWork, request: m.ComposeDocument) -> m.Document:
    """Make the draft of a report, or make it anew; raises `Problem`."""
    obligation = _obligation(work, request.obligation_id, lock=True)
    obligation.check_submit()
    prepared = work.preparations.get(obligation.obligation_id)
    if prepared is not None and prepared.stage == "approved":
        raise Problem("reports.draft_closed")
    letter = letters.compose(
        work,
        obligation,
        place=request.place,
        issued_on=request.issued_on,
        signer=request.signer,
        deputy=request.deputy,
        texts=request.texts,
        titles=request.units,
    )
    before = work.documents.draft_of(obligation.obligation_id)
    kept = Kept(
        document_id=before.document_id if before else uuid4(),
        obligation_id=obligation.obligation_id,
        school=obligation.school,
        kind=obligation.kind,
        register_of="outgoing",
        letter=letter,
        texts=request.texts,
        deputy=request.deputy,
        template_version=work.templates.newest(obligation.kind),
        pdf_state="none",
        made_at=work.now,
        made_by=work.actor.display_name,
        numbered_at=None,
        numbered_by=None,
        version=before.version + 1 if before else 1,
    )
    if before:
        work.documents.save(kept)
    else:
        work.documents.add(kept)
    work.audit(
        "document.composed",
        str(kept.document_id),
        school=kept.school,
        before={"version": before.version if before else 0},
        after={"version": kept.version, "obligation_id": str(kept.obligation_id)},
    )
    return _shown(kept)


def to_issue(work: ReportsUnitOfWork, request: m.NumberDocument) -> ToProduce:
    """Return what the issued document will be made of; stores nothing; raises `Problem`."""
    before = _found(work, request.document_id)
    _check_draft(before)
    symbol = request.symbol or before.letter.symbol
    if not symbols.is_symbol(symbol):
        raise Problem("reports.symbol_malformed", symbol=symbol)
    obligation = _obligation(work, before.obligation_id)
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
        signer=request.signer or before.letter.signer,
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
        raise Problem("reports.template_refused", why=fault.why, field=fault.field) from None
    if letter.number is not None:
        faults = checking.check(made, in_force(document_layouts(), letter.issued_on), letter)
        if faults:
            raise Problem("reports.template_refused", why="layout", field=str(faults[0]))
    return made


def issue(work: ReportsUnitOfWork, made: ToProduce, docx: bytes) -> m.Document:
    """Keep the document with its number and its file; raises `Problem`."""
    check_approved(work, _obligation(work, made.kept.obligation_id, lock=True))
    before = _found(work, made.kept.document_id, lock=True)
    _check_draft(before)
    if before.version != made.kept.version:
        raise Problem("reports.document_changed")
    kept = replace(
        made.kept,
        numbered_at=work.now,
        numbered_by=work.actor.display_name,
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
    work.chronicle.step(
        kept.obligation_id,
        "document_numbered",
        at=work.now,
        actor=work.actor,
        params={"number": number, "issued_on": letter.issued_on.isoformat()},
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
    return _shown(kept)


def to_give_out(work: ReportsUnitOfWork, request: m.GetDocumentFile) -> m.DocumentFile | ToProduce:
    """Return the stored file, or what a draft's file is made of; raises `Problem`."""
    kept = _current(work, _found(work, request.document_id))
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


def _obligation(work: ReportsUnitOfWork, obligation_id: UUID, *, lock: bool = False) -> Obligation:
    found = work.obligations.get(obligation_id, work.actor, lock=lock)
    if found is None:
        raise Problem("resource.not_found")
    return found


def _found(work: ReportsUnitOfWork, document_id: UUID, *, lock: bool = False) -> Kept:
    found = work.documents.get(document_id, work.actor, lock=lock)
    if found is None or not _told(work, found):
        raise Problem("resource.not_found")
    return found


def _told(work: ReportsUnitOfWork, kept: Kept) -> bool:
    """Whether the actor may know of it: drafts are told inside the school alone."""
    return kept.letter.number is not None or work.actor.role in INSIDE


def _current(work: ReportsUnitOfWork, kept: Kept) -> Kept:
    """Return a draft with its report's figures as they are now; what is issued stays."""
    if kept.letter.number is not None:
        return kept
    sections = letters.sections(work, _obligation(work, kept.obligation_id), kept.texts)
    return replace(kept, letter=replace(kept.letter, sections=sections))


def _check_draft(kept: Kept) -> None:
    if kept.letter.number is not None:
        raise Problem("reports.document_numbered", number=kept.letter.number_words)


def _shown(kept: Kept) -> m.Document:
    letter = kept.letter
    return m.Document(
        document_id=kept.document_id,
        obligation_id=kept.obligation_id,
        school=kept.school,
        kind=kept.kind,
        number=letter.number,
        symbol=letter.symbol,
        register_of=kept.register_of,
        issued_on=letter.issued_on,
        place=letter.place,
        authority=letter.authority,
        issuer=letter.issuer,
        subject=letter.subject,
        sections=_parts(letter, kept.texts),
        signing=letter.signing,
        signer=letter.signer,
        recipients=letter.recipients,
        template_version=kept.template_version,
        pdf=kept.pdf_state,
        made_at=kept.made_at,
        made_by=kept.made_by,
        numbered_at=kept.numbered_at,
        numbered_by=kept.numbered_by,
        version=kept.version,
    )


def _parts(letter: Letter, texts: tuple[str, ...]) -> tuple[m.DocumentSection, ...]:
    shown = []
    for number, section in enumerate(letter.sections):
        text = texts[number] if number < len(texts) else ""
        filled = len(section.paragraphs) - len(letters.paragraphs(text))
        figures = tuple(one for one in section.paragraphs[:filled] if one != UNWRITTEN)
        shown.append(m.DocumentSection(heading=section.heading, text=text, figures=figures))
    return tuple(shown)
