"""Whether a report holds every part of its checklist (plan, R9: "đúng nội dung")."""

from collections.abc import Iterable, Sequence

from contracts.problems import Problem
from reports.application import letters
from reports.domain.documents.letter import Section
from reports.domain.documents.phrases import UNWRITTEN
from reports.domain.obligations import Obligation
from reports.storage.unit_of_work import ReportsUnitOfWork


def written(work: ReportsUnitOfWork, obligation: Obligation) -> tuple[int, ...]:
    """Return the numbers (from 1) of the parts that the report's newest document says."""
    kept = next(iter(work.documents.of(obligation.obligation_id)), None)
    if kept is None:
        return ()
    sections = kept.letter.sections
    if kept.letter.number is None:
        sections = letters.sections(work, obligation, kept.texts)
    unsaid = unwritten(sections)
    return tuple(n for n in range(1, len(sections) + 1) if n not in unsaid)


def unwritten(sections: Sequence[Section]) -> list[int]:
    """Return the numbers of the sections that say nothing."""
    return [n for n, one in enumerate(sections, 1) if UNWRITTEN in one.paragraphs]


def check_complete(
    work: ReportsUnitOfWork, obligation: Obligation, holds: Iterable[int]
) -> list[int]:
    """Return the parts that the sender alone vouches for: `holds`, where no document says them.

    Raises `reports.incomplete` with those that the report lacks.
    """
    kind = work.kinds.version(obligation.kind, obligation.kind_version)
    parts = set(range(1, len(kind.checklist) + 1))
    unsaid = parts - set(written(work, obligation))
    refuse_incomplete(unsaid - set(holds))
    return sorted(unsaid)


def refuse_incomplete(missing: Iterable[int]) -> None:
    """Raise `reports.incomplete` where parts are missing."""
    if numbers := sorted(missing):
        raise Problem("reports.incomplete", missing=", ".join(map(str, numbers)))
