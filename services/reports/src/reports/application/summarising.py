"""The reports of a kind and period merged into one Word file for the district."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc import oversight as m
from contracts.rpc.documents import DocumentFile
from reports.application.letters import paragraphs
from reports.application.matrix import check_kind, known_period, stands
from reports.domain.documents import phrases
from reports.domain.documents.summary import FIGURES_ABREAST, Grid, Part, Summary
from reports.domain.kinds import Kind
from reports.domain.obligations import DELIVERED
from reports.shipped import draft_figures
from reports.storage.matrix import Standing, Written
from reports.storage.unit_of_work import ReportsUnitOfWork
from workdays import Period

# The states as the district's paper says them; an on-time share follows the first submission.
STATES: Final[Mapping[str, str]] = {
    "upcoming": "Chưa đến hạn",
    "due_soon": "Sắp đến hạn",
    "overdue": "Quá hạn chưa gửi",
    "submitted_on_time": "Đã gửi",
    "submitted_late": "Đã gửi",
    "resubmitted": "Đã gửi lại",
    "received": "Đã tiếp nhận",
    "returned": "Trả lại, chưa gửi lại",
    "exempt": "Được miễn",
}
NOTHING: Final = "–"
SILENT: Final = "(Chưa có báo cáo nào viết phần này.)"


@dataclass(frozen=True)
class _Sent:
    """The reports that count, with what they say."""

    cells: Sequence[Standing]
    figures: Mapping[tuple[UUID, str], float | None]
    written: Mapping[UUID, Written]


def summarise(work: ReportsUnitOfWork, request: m.GetSummaryFile) -> Summary:
    """Return what the file says; it is made outside of the transaction. Raises `Problem`."""
    period = known_period(request.period)
    check_kind(work, request.kind)
    cells = work.matrix.cells(
        work.actor, period.year, kind=request.kind, period=period, limit=m.MOST_REPORTS + 1
    )
    if not cells:
        raise Problem("reports.nothing_owed")
    if len(cells) > m.MOST_REPORTS:
        raise Problem("reports.selection_too_large", most=m.MOST_REPORTS)
    kind = work.kinds.version(cells[0].kind, cells[0].kind_version)
    counted = [one for one in cells if one.state in DELIVERED]
    ids = [one.obligation_id for one in counted]
    sent = _Sent(counted, work.matrix.figures(ids), work.matrix.written(ids))
    return Summary(
        title=f"TỔNG HỢP {kind.title.vi.upper()}",
        subject=phrases.begun(phrases.period_words(period)),
        facts=_facts(work, period, cells, counted),
        standings=_standings(cells, sent.written),
        parts=tuple(_part(number, kind, sent) for number in range(1, len(kind.checklist) + 1)),
        silent=SILENT,
    )


def _facts(
    work: ReportsUnitOfWork, period: Period, cells: Sequence[Standing], sent: Sequence[Standing]
) -> tuple[str, ...]:
    how = stands(cells)
    numbers = (
        f"{len(cells)} trường",
        f"gửi đúng hạn {how.on_time}",
        f"gửi trễ hạn {how.late}",
        f"quá hạn chưa gửi {how.overdue}",
        f"chưa đến hạn {how.open}",
        f"được miễn {how.exempt}",
    )
    return (
        phrases.covered(period).removesuffix(":") + ".",
        f"Đến ngày {work.today:%d/%m/%Y}: {', '.join(numbers)}.",
        f"Số liệu và nội dung dưới đây lấy từ {len(sent)} báo cáo đã gửi.",
    )


def file_of(request: m.GetSummaryFile, docx: bytes) -> DocumentFile:
    """Return the file under a name that says what it is."""
    name = f"tong-hop-{request.kind}-{request.period}.docx"
    return DocumentFile(name=name, content=base64.b64encode(docx).decode("ascii"))


def _standings(cells: Sequence[Standing], written: Mapping[UUID, Written]) -> Grid:
    rows = [
        (
            str(number),
            one.title,
            STATES[one.state],
            NOTHING if one.submitted_on is None else f"{one.submitted_on:%d/%m/%Y}",
            NOTHING if one.late_working_days is None else str(one.late_working_days),
            _number(written.get(one.obligation_id)),
        )
        for number, one in enumerate(cells, 1)
    ]
    heads = ("STT", "Trường", "Tình trạng", "Ngày gửi", "Trễ (ngày làm việc)", "Số, ký hiệu")
    return Grid(heads, tuple(rows))


def _number(found: Written | None) -> str:
    return NOTHING if found is None else f"{found.letter.number_words}/{found.letter.symbol}"


def _part(number: int, kind: Kind, sent: _Sent) -> Part:
    part = kind.checklist[number - 1]
    said = []
    for one in sent.cells:
        found = sent.written.get(one.obligation_id)
        texts = found.texts if found else ()
        told = paragraphs(texts[number - 1]) if number <= len(texts) else ()
        if told:
            said.append((one.title, told))
    return Part(
        heading=phrases.heading(number, part.words.vi),
        grids=tuple(_figures(codes, sent) for codes in _abreast(part.figures) if sent.cells),
        said=tuple(said),
    )


def _abreast(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield as many figures as stand side by side."""
    for start in range(0, len(codes), FIGURES_ABREAST):
        yield codes[start : start + FIGURES_ABREAST]


def _figures(codes: Sequence[str], sent: _Sent) -> Grid:
    """A row for each school; counts are summed up, shares are not: their bases differ."""
    kinds = [draft_figures()[code] for code in codes]
    rows = [
        (
            str(number),
            one.title,
            *(
                phrases.shown(kind, sent.figures.get((one.obligation_id, kind.code)))
                for kind in kinds
            ),
        )
        for number, one in enumerate(sent.cells, 1)
    ]
    totals = [
        sum(sent.figures.get((one.obligation_id, kind.code)) or 0 for one in sent.cells)
        if kind.unit == "count"
        else None
        for kind in kinds
    ]
    summed = (phrases.shown(kind, one) for kind, one in zip(kinds, totals, strict=True))
    last = ("", "Cộng", *summed)
    heads = ("STT", "Trường", *(kind.words.vi for kind in kinds))
    return Grid(heads, (*rows, last), total=True)
