"""A sheet of paper slips as it is filled in: one row a slip, one column an item of the form.

A heading begins with the item's code: "F", or "F Hài lòng chung". Beside the items there may be
"LOP" (the class) and what was demanded against the rules: "YC_LOAI", "YC_GI", "YC_KHI", "YC_HT".
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final
from uuid import uuid4

from contracts.answers import check
from contracts.codes import read_class
from contracts.events.surveys import DemandKind
from contracts.forms import NO, NO_OPINION, NOT_APPLICABLE, YES, Form, Item
from contracts.problems import Problem
from contracts.rpc.batches import MOST_ROWS, Slip, SlipDemand
from contracts.written import clean

CLASS_COLUMN: Final = "LOP"
DEMAND_KIND, DEMAND_WHAT, DEMAND_WHEN, DEMAND_HEAD = "YC_LOAI", "YC_GI", "YC_KHI", "YC_HT"
DEMAND_COLUMNS: Final = (DEMAND_KIND, DEMAND_WHAT, DEMAND_WHEN, DEMAND_HEAD)
MOST_FAULTS: Final = 100
_KINDS: Final[Mapping[str, DemandKind]] = {
    "giấy tờ": "papers",
    "giay to": "papers",
    "papers": "papers",
    "khoản thu": "fee",
    "khoan thu": "fee",
    "fee": "fee",
    "khác": "other",
    "khac": "other",
    "other": "other",
}
_YES: Final = frozenset({"có", "co", "c", "yes", "y", "x", "true"})
_NO: Final = frozenset({"không", "khong", "k", "no", "n", "false"})
_WORDS: Final[Mapping[str, str]] = {
    "không có ý kiến": NO_OPINION,
    "kyk": NO_OPINION,
    NO_OPINION: NO_OPINION,
    "không áp dụng": NOT_APPLICABLE,
    "kad": NOT_APPLICABLE,
    NOT_APPLICABLE: NOT_APPLICABLE,
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell; `row` counts from 1."""

    row: int
    column: str
    code: str


def refuse_rows(faults: Sequence[Fault]) -> None:
    """Raise `surveys.rows_invalid` with the first hundred faults, if there are any."""
    if faults:
        told = [asdict(fault) for fault in faults[:MOST_FAULTS]]
        raise Problem("surveys.rows_invalid", count=len(faults), errors=told)


def read_slips(form: Form, classes: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Slip]:
    """Return a sheet's slips in the order of its rows; blank rows are passed over.

    Raises `surveys.no_rows`, `surveys.too_many_rows`, `surveys.sheet_columns`, and
    `surveys.rows_invalid` with every fault by row (as the sheet counts), column and reason.
    """
    if not rows or not any(cell.strip() for row in rows[1:] for cell in row):
        raise Problem("surveys.no_rows")
    if len(rows) - 1 > MOST_ROWS:
        raise Problem("surveys.too_many_rows", limit=MOST_ROWS)
    columns = _columns(form, rows[0])
    slips: list[Slip] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {c: row[at].strip() for at, c in columns.items() if at < len(row)}
        filled = {column: text for column, text in cells.items() if text}
        outside = [at for at, text in enumerate(row) if at not in columns and text.strip()]
        faults += [Fault(number, letters_of(at + 1), "no_column") for at in outside]
        if not filled:
            continue
        slip, wrong = _slip(form, classes, filled)
        faults += [Fault(number, column, code) for column, code in wrong]
        if slip is not None:
            slips.append(slip)
    refuse_rows(faults)
    return slips


def letters_of(place: int) -> str:
    """Return what a sheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _columns(form: Form, heading: Sequence[str]) -> dict[int, str]:
    """Return place → column; raises `surveys.sheet_columns`."""
    items = _items(form)
    known = {code.upper(): code for code in (*items, CLASS_COLUMN, *DEMAND_COLUMNS)}
    columns: dict[int, str] = {}
    unknown, doubled = [], []
    for place, cell in enumerate(heading):
        name = cell.split(maxsplit=1)[0].rstrip(".:") if cell.strip() else ""
        if not name:
            continue
        column = known.get(name.upper())
        if column is None:
            unknown.append(name[:40])
        elif column in columns.values():
            doubled.append(column)
        else:
            columns[place] = column
    needed = {code for code, item in items.items() if item.required} | {form.overall}
    missing = sorted(needed - set(columns.values()))
    if unknown or doubled or missing:
        raise Problem(
            "surveys.sheet_columns", unknown=unknown[:20], missing=missing, doubled=doubled[:20]
        )
    return columns


def _items(form: Form) -> dict[str, Item]:
    items = {item.code: item for _, item in form.placed_items()}
    return items | ({form.filter.code: form.filter} if form.filter is not None else {})


def _slip(
    form: Form, classes: Sequence[str], filled: Mapping[str, str]
) -> tuple[Slip | None, list[tuple[str, str]]]:
    """Return a row's slip, or what is wrong with it as (column, reason)."""
    items = _items(form)
    wrong: list[tuple[str, str]] = []
    answers = {c: _value(items[c], text) for c, text in filled.items() if c in items}
    class_code = read_class(filled[CLASS_COLUMN]) if CLASS_COLUMN in filled else None
    if CLASS_COLUMN in filled and class_code not in classes:
        wrong.append((CLASS_COLUMN, "unknown_class"))
    demand = _demand(filled, wrong)
    checked = check(form, answers, demand=demand is not None)
    wrong += [(error.item, error.code) for error in checked.errors]
    if wrong:
        return None, wrong
    slip = Slip.model_construct(
        submission_id=uuid4(), answers=dict(checked.answers), demand=demand, class_code=class_code
    )
    return slip, []


def _value(item: Item, text: str) -> str:
    """Return what a cell says in the words of the form; what is none of them stays as it is."""
    if item.kind == "text":
        return text
    said = " ".join(clean(text).casefold().split())
    if item.kind == "yes_no":
        return YES if said in _YES else NO if said in _NO else said
    if item.kind == "percent":
        said = said.removesuffix("%").rstrip()
    said = _WORDS.get(said, said)
    # A sheet may hold a whole number as 4.0.
    return said.removesuffix(".0").removesuffix(",0")


def _demand(filled: Mapping[str, str], wrong: list[tuple[str, str]]) -> SlipDemand | None:
    """Return what was demanded, None when the row says nothing of it; adds what is wrong."""
    said = {column: filled[column] for column in DEMAND_COLUMNS if column in filled}
    if not said:
        return None
    kind = _KINDS.get(clean(said.get(DEMAND_KIND, "khác")).casefold())
    head = clean(said.get(DEMAND_HEAD, "không")).casefold()
    if kind is None:
        wrong.append((DEMAND_KIND, "wrong_value"))
    if head not in _YES | _NO:
        wrong.append((DEMAND_HEAD, "wrong_value"))
    for column, limit in ((DEMAND_WHAT, 2000), (DEMAND_WHEN, 200)):
        if len(clean(said.get(column, ""))) > limit:
            wrong.append((column, "too_long"))
    if any(column in DEMAND_COLUMNS for column, _ in wrong):
        return None
    return SlipDemand(
        kind=kind or "other",
        what=said.get(DEMAND_WHAT, ""),
        when=said.get(DEMAND_WHEN, ""),
        concerns_head=head in _YES,
    )
