"""Who has sent what: school × kind × period, out of the obligations in scope."""

from collections import Counter
from collections.abc import Iterable, Sequence

from contracts.days import FIRST_YEAR, LAST_YEAR
from contracts.problems import Problem
from contracts.rpc import oversight as m
from contracts.rpc.figures import Timeliness
from reports.application.wording import days_left, period_of, period_ref
from reports.domain.obligations import WAITING
from reports.domain.timeliness import standing, timeliness
from reports.storage.matrix import Standing
from reports.storage.unit_of_work import ReportsUnitOfWork
from workdays import Period, containing

Column = tuple[str, Period]


def get_matrix(work: ReportsUnitOfWork, request: m.GetMatrix) -> m.Matrix:
    """Return the matrix of a reporting year, or a part of it; raises `Problem`."""
    period = None if request.period is None else known_period(request.period)
    check_kind(work, request.kind)
    year = request.year or _this_year(work)
    if period is not None:
        year = period.year
    cells = work.matrix.cells(
        work.actor, year, kind=request.kind, period=period, limit=m.MOST_CELLS + 1
    )
    if len(cells) > m.MOST_CELLS:
        raise Problem("reports.selection_too_large", most=m.MOST_CELLS)
    columns = _columns(work, cells)
    return m.Matrix(
        as_of=work.today,
        year=year,
        years=work.matrix.years(work.actor),
        columns=tuple(_column(work, period, mine) for (_, period), mine in columns),
        rows=tuple(_rows(work, cells, [column for column, _ in columns])),
    )


def known_period(key: str) -> Period:
    """Return the period of a key in the years that the system knows; raises `Problem`."""
    period = period_of(key)
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        raise Problem("reports.unknown_period", period=key)
    return period


def check_kind(work: ReportsUnitOfWork, kind: str | None) -> None:
    """Raise `reports.unknown_kind` for a code that no kind has; None is every kind."""
    if kind is not None and kind not in work.kinds.codes():
        raise Problem("reports.unknown_kind", kind=kind)


def stands(cells: Iterable[Standing]) -> Timeliness:
    """Return how many of these are in time, late, overdue, open and exempt."""
    return timeliness(Counter(standing(one.state, one.late_working_days) for one in cells))


def _this_year(work: ReportsUnitOfWork) -> int:
    year = containing("year", work.today)
    assert year is not None  # the years' windows have no gap
    return year.year


def _columns(
    work: ReportsUnitOfWork, cells: Iterable[Standing]
) -> Sequence[tuple[Column, list[Standing]]]:
    """Return each kind and period with its cells, in the order in which they are shown."""
    found: dict[Column, list[Standing]] = {}
    for one in cells:
        found.setdefault((one.kind, one.period), []).append(one)
    order = {code: place for place, code in enumerate(work.kinds.codes())}
    return sorted(
        found.items(),
        key=lambda column: (
            column[0][1].ends_on,
            column[0][1].starts_on,
            order[column[0][0]],
        ),
    )


def _column(work: ReportsUnitOfWork, period: Period, cells: Sequence[Standing]) -> m.MatrixColumn:
    kind = work.kinds.version(cells[0].kind, cells[0].kind_version)
    return m.MatrixColumn(
        kind=kind.code, kind_words=kind.title, period=period_ref(period), stands=stands(cells)
    )


def _rows(
    work: ReportsUnitOfWork, cells: Sequence[Standing], columns: Sequence[Column]
) -> Iterable[m.MatrixRow]:
    by_school: dict[str, list[Standing]] = {}
    for one in cells:
        by_school.setdefault(one.school, []).append(one)
    left = {
        due_on: days_left(due_on, work.calendar, work.today)
        for due_on in {one.due_on for one in cells}
    }
    for school, mine in by_school.items():
        placed = {(one.kind, one.period): one for one in mine}
        yield m.MatrixRow(
            school=school,
            title=mine[0].title,
            cells=tuple(
                _cell(placed[column], left[placed[column].due_on]) if column in placed else None
                for column in columns
            ),
            stands=stands(mine),
        )


def _cell(one: Standing, left: int) -> m.MatrixCell:
    return m.MatrixCell(
        obligation_id=one.obligation_id,
        state=one.state,
        due_on=one.due_on,
        working_days_left=left if one.state in WAITING else None,
        submitted_on=one.submitted_on,
        late_working_days=one.late_working_days,
        withdrawn=one.withdrawn,
    )
