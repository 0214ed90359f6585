"""Who has sent what as tables: the matrix as the page shows it, and a row for each report."""

from collections.abc import Iterator, Sequence
from typing import Final

from contracts.rpc.figures import Timeliness
from contracts.rpc.oversight import Matrix, MatrixCell, MatrixColumn
from gateway.exports.facts import said
from gateway.exports.periods import period_words
from gateway.spreadsheets import Table, Value
from gateway.words import Language, say, shown

SUMS: Final = ("on_time", "late", "overdue", "open", "exempt")
LIST: Final = ("code", "school", "kind", "period", "due_on", "state", "submitted_on", "late")


def tables(language: Language, told: Matrix) -> Sequence[Table]:
    """Return the sheets; a CSV file is the last one."""
    return (
        Table(
            say(language, "matrix.sheet"),
            [
                say(language, "matrix.school"),
                *(
                    f"{said(language, one.kind_words)}, {period_words(language, one.period)}"
                    for one in told.columns
                ),
                *(say(language, f"matrix.sum.{name}") for name in SUMS),
            ],
            list(_matrix(language, told)),
        ),
        Table(
            say(language, "matrix.list"),
            [say(language, f"matrix.{name}") for name in LIST],
            list(_list(language, told)),
        ),
    )


def _matrix(language: Language, told: Matrix) -> Iterator[Sequence[Value]]:
    for row in told.rows:
        yield [row.title, *(_words(language, one) for one in row.cells), *_sums(row.stands)]
    yield [
        say(language, "matrix.share"),
        *(one.stands.on_time_percent for one in told.columns),
        *(sum(getattr(row.stands, name) for row in told.rows) for name in SUMS),
    ]


def _sums(stands: Timeliness) -> Iterator[int]:
    yield from (getattr(stands, name) for name in SUMS)


def _words(language: Language, cell: MatrixCell | None) -> str | None:
    if cell is None:
        return None
    state = say(language, f"matrix.state.{_state(cell)}")
    if cell.submitted_on is None:
        due = say(language, "matrix.due", {"due_on": cell.due_on})
        return state if cell.state == "exempt" else f"{state}, {due}"
    late = f" (+{cell.late_working_days})" if cell.late_working_days else ""
    return f"{state}, {shown(cell.submitted_on)}{late}"


def _state(cell: MatrixCell) -> str:
    return "withdrawn" if cell.withdrawn else cell.state


def _list(language: Language, told: Matrix) -> Iterator[Sequence[Value]]:
    for row in told.rows:
        for column, cell in zip(told.columns, row.cells, strict=True):
            if cell is not None:
                yield [row.school, row.title, *_report(language, column, cell)]


def _report(language: Language, column: MatrixColumn, cell: MatrixCell) -> Iterator[Value]:
    yield said(language, column.kind_words)
    yield period_words(language, column.period)
    yield shown(cell.due_on)
    yield say(language, f"matrix.state.{_state(cell)}")
    yield shown(cell.submitted_on) if cell.submitted_on else None
    yield cell.late_working_days
