"""A form as rows of a sheet: a row for each part, the first column says which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import yaml

from contracts.forms import Form, Item, Words
from surveys.domain.form_faults import MalformedForm, Path, build
from surveys.domain.spreadsheets import Cell, write_sheet

_WORDS: Final[dict[str, Any]] = yaml.safe_load(
    files("surveys").joinpath("form_sheet.yaml").read_text(encoding="utf-8")
)
COLUMNS: Final = tuple(_WORDS["columns"])
WIDTHS: Final = (14, 8, 14, 52, 52, 30, 30, 12, 12, 14)
_NO: Final = frozenset({"", "0", "false", "no", "không"})
Row = dict[str, str]


def read_form_rows(rows: Sequence[Sequence[Cell]], *, version: int) -> Form:
    """Return the form in the rows of a sheet; raises `MalformedForm` with the row's number."""
    if not rows:
        raise MalformedForm(1, "the sheet is empty", "empty")
    _check_header(rows[0])
    reading = _Reading(version)
    for number, cells in enumerate(rows[1:], 2):
        if any(cell is not None for cell in cells):
            reading.take(number, _named(number, cells))
    return build(reading.raw, reading.row_of)


def write_form_rows(form: Form) -> bytes:
    """Return the workbook from which the same form is read."""
    names = _WORDS["rows"]
    lines: list[Row] = [
        {"row": names["form"], "code": form.kind, **_said(form.words)},
        {"row": names["intro"], **_said(form.intro)},
    ]
    if form.filter is not None:
        lines.append({"row": names["filter"], **_item(form.filter)})
    for group in form.groups:
        filtered = {"filtered": _WORDS["yes"]} if group.filtered else {}
        lines.append({"row": names["group"], "code": group.code, **_said(group.words), **filtered})
        lines += [{"row": names["item"], **_item(item)} for item in group.items]
    lines.append({"row": names["overall"], "code": form.overall})
    if form.demand is not None:
        notice = _said(form.demand_notice) if form.demand_notice else {}
        lines.append({"row": names["demand"], "code": form.demand, **notice})
    table: list[list[Cell]] = [[*_WORDS["columns"].values()]]
    table += [[line.get(column) for column in COLUMNS] for line in lines]
    return write_sheet(_WORDS["title"], table, WIDTHS, _WORDS["notes"])


def _said(words: Words, prefix: str = "") -> Row:
    return {f"{prefix}vi": words.vi, f"{prefix}en": words.en}


def _item(item: Item) -> Row:
    marks = {name: _WORDS["yes"] for name in ("required", "not_applicable") if getattr(item, name)}
    hint = _said(item.hint, "hint_") if item.hint else {}
    kind = {"code": item.code, "kind": _WORDS["kinds"][item.kind]}
    return {**kind, **_said(item.words), **hint, **marks}


def _text(cell: Cell) -> str:
    """Return a cell as text: Excel makes the number 1 of the code "1"."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def _check_header(cells: Sequence[Cell]) -> None:
    found = [_text(cell).casefold() for cell in cells if cell is not None]
    for place, (key, words) in enumerate(_WORDS["columns"].items()):
        given = found[place] if place < len(found) else ""
        if given not in {key, words.casefold()}:
            reason = f"column {place + 1} is not {words}"
            raise MalformedForm(1, reason, "header", words)


def _named(number: int, cells: Sequence[Cell]) -> Row:
    row = {
        name: _text(cell) for name, cell in zip(COLUMNS, cells, strict=False) if cell is not None
    }
    if len(cells) > len(COLUMNS) and any(cell is not None for cell in cells[len(COLUMNS) :]):
        raise MalformedForm(number, "a cell stands beside the columns", "unknown_key", "")
    return row


def _key(words: Mapping[str, str], given: str) -> str | None:
    """Return the key of a word, which may be given itself."""
    wanted = given.casefold()
    return next((k for k, word in words.items() if wanted in {k, word.casefold()}), None)


@dataclass(frozen=True)
class _Part:
    """How a kind of row is taken, and which columns beside the first it may fill."""

    take: Callable[["_Reading", int, Row], None]
    columns: frozenset[str]


class _Reading:
    """Collects the raw form and the row that each of its parts stands in."""

    def __init__(self, version: int) -> None:
        self.raw: dict[str, Any] = {"version": version, "groups": []}
        self._rows: dict[Path, int] = {}

    def row_of(self, path: Path) -> int:
        """Return the row of the deepest part on the path that a row stands for."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._rows:
                return self._rows[path[:length]]
        return 1

    def take(self, number: int, row: Row) -> None:
        """Add a row; raises `MalformedForm`."""
        given = row.pop("row", "")
        kind = _key(_WORDS["rows"], given)
        if kind is None:
            raise MalformedForm(number, f"{given!r} is no kind of row", "unknown_row", given)
        part = _PARTS[kind]
        for column in row.keys() - part.columns:
            words = _WORDS["columns"][column]
            raise MalformedForm(number, f"{words} has no meaning here", "unknown_key", words)
        part.take(self, number, row)

    def put(self, number: int, name: str, value: Any) -> None:
        """Set a part that a form has once."""
        if (name,) in self._rows:
            raise MalformedForm(number, f"{name} stands twice", "twice", name)
        self._rows[name,] = number
        if value is not None:
            self.raw[name] = value

    def form(self, number: int, row: Row) -> None:
        self.put(number, "words", _words(row))
        self.put(number, "kind", row["code"].casefold() if "code" in row else None)

    def group(self, number: int, row: Row) -> None:
        at = ("groups", len(self.raw["groups"]))
        self._rows[at] = number
        head = {"filtered": _is_marked(row, "filtered"), "words": _words(row), "items": []}
        self.raw["groups"].append(head | _given(row, "code"))

    def item(self, number: int, row: Row) -> None:
        if not self.raw["groups"]:
            raise MalformedForm(number, "an item stands before the first group", "row_place")
        group = self.raw["groups"][-1]
        at = ("groups", len(self.raw["groups"]) - 1, "items", len(group["items"]))
        self._rows[at] = number
        group["items"].append(_read_item(row))

    def demand(self, number: int, row: Row) -> None:
        self.put(number, "demand", row.get("code"))
        self.put(number, "demand_notice", _words(row) or None)


def _words(row: Row, prefix: str = "") -> Row:
    return {name: row[prefix + name] for name in ("vi", "en") if prefix + name in row}


def _given(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names if name in row}


def _is_marked(row: Row, name: str) -> bool:
    return row.get(name, "").casefold() not in _NO


def _read_item(row: Row) -> dict[str, Any]:
    read: dict[str, Any] = {"words": _words(row), **_given(row, "code")}
    if "kind" in row:
        read["kind"] = _key(_WORDS["kinds"], row["kind"]) or row["kind"]
    if hint := _words(row, "hint_"):
        read["hint"] = hint
    return read | {name: _is_marked(row, name) for name in ("required", "not_applicable")}


_SAID: Final = frozenset({"vi", "en"})
_ASKED: Final = _SAID | {"code", "kind", "hint_vi", "hint_en", "required", "not_applicable"}
_PARTS: Final[dict[str, _Part]] = {
    "form": _Part(_Reading.form, _SAID | {"code"}),
    "intro": _Part(lambda self, n, row: self.put(n, "intro", _words(row)), _SAID),
    "filter": _Part(lambda self, n, row: self.put(n, "filter", _read_item(row)), _ASKED),
    "group": _Part(_Reading.group, _SAID | {"code", "filtered"}),
    "item": _Part(_Reading.item, _ASKED),
    "overall": _Part(
        lambda self, n, row: self.put(n, "overall", row.get("code")), frozenset({"code"})
    ),
    "demand": _Part(_Reading.demand, _SAID | {"code"}),
}
