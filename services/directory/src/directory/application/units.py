"""Units and their places in the hierarchies."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from contracts.events.directory import UnitMoved
from contracts.problems import Problem
from contracts.rpc import directory as m
from directory.application.spelling import nfc
from directory.domain import hierarchies
from directory.domain.hierarchies import Membership, Occupied
from directory.domain.records import Unit
from directory.storage.unit_of_work import DirectoryUnitOfWork


def list_units(work: DirectoryUnitOfWork, wanted: m.ListUnits) -> m.Units:
    """Return the units above and below the actor's on a day; for the operator all."""
    day = wanted.on or work.today
    rows = work.units.memberships()
    listed = work.units.listed()
    if work.actor.schools is not None:
        own = [*work.actor.schools, *([work.actor.unit] if work.actor.unit else [])]
        seen = hierarchies.related(rows, own, day)
        listed = [unit for unit in listed if unit.code in seen]
    places = parents_by_unit(rows, day)
    return m.Units(items=tuple(_show(unit, places.get(unit.code, {})) for unit in listed))


def create_unit(work: DirectoryUnitOfWork, wanted: m.CreateUnit) -> m.Unit:
    """Make a unit that stands under none yet."""
    unit = Unit(wanted.code, nfc(wanted.title), wanted.kind)
    if not work.units.add(unit.code, unit.title, unit.kind):
        raise Problem("directory.code_taken", unit=unit.code)
    work.audit("unit.created", unit.code, after={"title": unit.title, "kind": unit.kind})
    return _show(unit, {})


def list_moves(work: DirectoryUnitOfWork, wanted: m.ListMoves) -> m.Moves:
    """Return where a unit or school stood and will stand."""
    _require_known(work, wanted.unit)
    return m.Moves(items=tuple(map(_show_move, work.units.memberships([wanted.unit]))))


def move_unit(work: DirectoryUnitOfWork, wanted: m.MoveUnit) -> m.Move:
    """Put a unit or school under another parent from a day on."""
    work.units.lock_hierarchies()
    _require_movable(work, wanted)
    require_parents(work, [wanted.parent])
    rows = work.units.memberships()
    try:
        placement = hierarchies.place(
            rows, wanted.unit, wanted.hierarchy, wanted.parent, wanted.valid_from
        )
    except Occupied as taken:
        raise Problem(
            "directory.move_exists",
            valid_from=taken.row.valid_from.isoformat(),
            parent=taken.row.parent,
        ) from None
    placed = placement.placed
    day = hierarchies.cycle_day(hierarchies.apply(rows, placement), placed)
    if day is not None:
        raise Problem("directory.cycle", day=day.isoformat())
    work.units.put(placement)
    work.tell(
        UnitMoved(
            unit=placed.unit,
            hierarchy=placed.hierarchy,
            parent=placed.parent,
            valid_from=placed.valid_from,
            version=work.units.next_version(placed.unit),
        )
    )
    cut = placement.cut
    work.audit(
        "unit.moved",
        placed.unit,
        school=placed.unit if work.schools.find(placed.unit) else None,
        before=_show_move(cut).model_dump(mode="json") if cut else None,
        after=_show_move(placed).model_dump(mode="json"),
    )
    return _show_move(placed)


def require_parents(work: DirectoryUnitOfWork, codes: Iterable[str]) -> None:
    """Check that units may stand under these; raises `directory.unknown_unit`, `…wrong_parent`."""
    wanted = sorted(set(codes))
    kinds = work.units.kinds(wanted)
    for code in wanted:
        if code not in kinds:
            raise Problem("directory.unknown_unit", unit=code)
        if kinds[code] == "school":
            raise Problem("directory.wrong_parent", parent=code)


def parents_by_unit(rows: Iterable[Membership], day: date) -> dict[str, m.Parents]:
    """Return unit → hierarchy → parent on a day."""
    found: dict[str, list[Membership]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(row)
    return {unit: hierarchies.parents_on(own, day) for unit, own in found.items()}


def _require_known(work: DirectoryUnitOfWork, unit: str) -> None:
    """Raise `resource.not_found` for a unit that is unknown or out of reach."""
    reach = work.reach()
    if not work.units.kinds([unit]) or (reach is not None and unit not in reach):
        raise Problem("resource.not_found")


def _require_movable(work: DirectoryUnitOfWork, wanted: m.MoveUnit) -> None:
    _require_known(work, wanted.unit)
    school = work.schools.find(wanted.unit)
    if school is not None and wanted.valid_from < school.opened_on:
        raise Problem("directory.before_opening", opened_on=school.opened_on.isoformat())


def _show(unit: Unit, parents: m.Parents) -> m.Unit:
    return m.Unit(code=unit.code, title=unit.title, kind=unit.kind, parents=parents)


def _show_move(row: Membership) -> m.Move:
    return m.Move(
        unit=row.unit,
        hierarchy=row.hierarchy,
        parent=row.parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
