"""The documents of a report: listed, written as drafts, told to whom they concern."""

from dataclasses import replace
from uuid import UUID, uuid4

from contracts.problems import Problem
from contracts.rpc import documents as m
from reports.application import letters
from reports.application.staff import ABOVE_THE_SCHOOL
from reports.domain.documents.letter import Letter
from reports.domain.documents.phrases import UNWRITTEN
from reports.domain.documents.records import Kept
from reports.domain.obligations import Obligation
from reports.domain.preparing import INSIDE
from reports.storage.unit_of_work import ReportsUnitOfWork


def list_documents(work: ReportsUnitOfWork, request: m.ListDocuments) -> m.Documents:
    """The documents of a report in scope, the newest first; raises `Problem`."""
    obligation = report_in_scope(work, request.obligation_id)
    found = work.documents.of(obligation.obligation_id)
    return m.Documents(items=tuple(_read(work, kept) for kept in found if _told(work, kept)))


def get_document(work: ReportsUnitOfWork, request: m.GetDocument) -> m.Document:
    """One document in scope; raises `Problem`."""
    return _read(work, document_in_scope(work, request.document_id))


def compose_document(work: ReportsUnitOfWork, request: m.ComposeDocument) -> m.Document:
    """Make the draft of a report, or make it anew; raises `Problem`."""
    obligation = report_in_scope(work, request.obligation_id, lock=True)
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
        submission=None,
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
    return document_message(kept)


def report_in_scope(
    work: ReportsUnitOfWork, obligation_id: UUID, *, lock: bool = False
) -> Obligation:
    """Return an obligation in the actor's scope, `lock` keeps it; raises `Problem`."""
    found = work.obligations.get(obligation_id, work.actor, lock=lock)
    if found is None:
        raise Problem("resource.not_found")
    return found


def document_in_scope(work: ReportsUnitOfWork, document_id: UUID, *, lock: bool = False) -> Kept:
    """Return a document that the actor may know of, `lock` keeps it; raises `Problem`."""
    found = work.documents.get(document_id, work.actor, lock=lock)
    if found is None or not _told(work, found):
        raise Problem("resource.not_found")
    return found


def _read(work: ReportsUnitOfWork, kept: Kept) -> m.Document:
    """Return a document as the actor may read it: who wrote and numbered it stays inside."""
    told = document_message(current(work, kept))
    if work.actor.role in ABOVE_THE_SCHOOL:
        return told.model_copy(update={"made_by": "", "numbered_by": None})
    return told


def _told(work: ReportsUnitOfWork, kept: Kept) -> bool:
    """Whether the actor may know of it: others than its writers do once it left its school."""
    return kept.submission is not None or work.actor.role in INSIDE


def current(work: ReportsUnitOfWork, kept: Kept) -> Kept:
    """Return a draft with its report's figures as they are now; what is issued stays."""
    if kept.letter.number is not None:
        return kept
    sections = letters.sections(work, report_in_scope(work, kept.obligation_id), kept.texts)
    return replace(kept, letter=replace(kept.letter, sections=sections))


def document_message(kept: Kept) -> m.Document:
    """Return a document as messages carry it."""
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
