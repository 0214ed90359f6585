"""From what is owed to what a document says: letterhead, recipients and figures of a day."""

from collections.abc import Mapping, Sequence
from datetime import date

from contracts.problems import Problem
from reports.application.freezing import drafted, drafted_before
from reports.domain.documents import phrases, symbols
from reports.domain.documents.letter import Letter, Section, recipient_lines, signing_lines
from reports.domain.obligations import Obligation
from reports.shipped import draft_figures
from reports.storage.unit_of_work import ReportsUnitOfWork

# Who keeps the paper copy; the list's last line says so in the decree's words.
_ON_FILE = "Lưu"


def compose(
    work: ReportsUnitOfWork,
    obligation: Obligation,
    *,
    place: str,
    issued_on: date,
    signer: str,
    deputy: bool,
    texts: Sequence[str],
    titles: Mapping[str, str],
) -> Letter:
    """Return the letter of a report as of `issued_on`, without a number; raises `Problem`."""
    kind = work.kinds.version(obligation.kind, obligation.kind_version)
    issuer = work.school_names.on(obligation.school, issued_on) or obligation.school
    head, second = symbols.offices_of(issuer)
    return Letter(
        authority=authority(work, obligation.school, issued_on, titles),
        issuer=issuer,
        number=None,
        symbol=symbols.propose(issuer),
        place=place,
        issued_on=issued_on,
        type="Báo cáo",
        subject=phrases.subject_of(kind.title.vi, obligation.period),
        legal_basis=kind.legal_basis,
        sections=sections(work, obligation, texts),
        signing=signing_lines(head, second if deputy else None),
        signer=signer,
        recipients=recipients(work, obligation, issued_on, titles),
    )


def authority(work: ReportsUnitOfWork, school: str, day: date, titles: Mapping[str, str]) -> str:
    """Return the body that a school stands under on a day, "" where nobody is told to.

    The one that it belongs to (administrative) goes before the one that guides its work.
    """
    parents = work.superiors.of(school, day)
    above = parents.get("administrative") or parents.get("professional")
    return "" if above is None else _named(above, titles)


def recipients(
    work: ReportsUnitOfWork, obligation: Obligation, day: date, titles: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the lines of the list of recipients, superiors as they are on a day."""
    kind = work.kinds.version(obligation.kind, obligation.kind_version)
    parents = work.superiors.of(obligation.school, day)
    named: list[tuple[str, str]] = []
    for one in kind.recipients:
        if one.purpose.vi == _ON_FILE:
            continue
        unit = parents.get(one.hierarchy) if one.hierarchy else None
        line = (one.to.vi if unit is None else _named(unit, titles), one.purpose.vi)
        if line not in named:  # one authority may stand above in two hierarchies
            named.append(line)
    return recipient_lines(named)


def _named(unit: str, titles: Mapping[str, str]) -> str:
    if unit not in titles:
        raise Problem("reports.superior_unnamed", unit=unit)
    return titles[unit]


def sections(
    work: ReportsUnitOfWork, obligation: Obligation, texts: Sequence[str]
) -> tuple[Section, ...]:
    """Return a section for each part of the checklist: its figures, then what people wrote."""
    now, before = drafted(work, obligation), drafted_before(work, obligation)
    kind = work.kinds.version(obligation.kind, obligation.kind_version)
    made = []
    for number, part in enumerate(kind.checklist, 1):
        said = [
            phrases.figure(draft_figures()[code], value, before.get(code))
            for code in part.figures
            if (value := now.figures[code].value) is not None
        ]
        if said:
            said.insert(0, phrases.covered(obligation.period))
        written = paragraphs(texts[number - 1]) if number <= len(texts) else ()
        made.append(
            Section(
                phrases.heading(number, part.words.vi),
                (*said, *written) or (phrases.UNWRITTEN,),
            )
        )
    return tuple(made)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of what somebody wrote: a line each."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
