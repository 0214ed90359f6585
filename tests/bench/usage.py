"""What processes use: processor time and memory, as the kernel counts them."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """Processor seconds since the start, and memory in MiB; shared pages count in equal parts."""

    seconds: float
    mib: float


def usage(pids: Iterable[int]) -> Usage:
    """Return what living processes and all their living descendants use together."""
    table = _processes()
    family = set(pids)
    grown = True
    while grown:
        more = {pid for pid, (parent, _) in table.items() if parent in family} - family
        family |= more
        grown = bool(more)
    known = [pid for pid in family if pid in table]
    return Usage(sum(table[pid][1] for pid in known), sum(map(_mib, known)))


def since(before: Mapping[str, Usage], after: Mapping[str, Usage]) -> dict[str, float]:
    """Return the processor seconds that each used in between."""
    return {name: after[name].seconds - used.seconds for name, used in before.items()}


def _mib(pid: int) -> float:
    """Return the proportional set size of a process; 0 when it is gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    sizes = [line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")]
    return sum(map(int, sizes)) / 1024


def _processes() -> dict[int, tuple[int, float]]:
    """Return pid → (parent, processor seconds)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # gone meanwhile
            continue
        seconds = (int(fields[11]) + int(fields[12])) / TICKS
        found[int(entry.name)] = (int(fields[1]), seconds)
    return found
