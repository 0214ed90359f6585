"""What processes use: processor time and memory, as the kernel counts them."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Usage:
    """Processor seconds since the start, and resident memory in MiB (shared pages count often)."""

    seconds: float
    mib: float


def usage(pids: Iterable[int]) -> Usage:
    """Return what living processes and all their living descendants use together."""
    table = _processes()
    family = set(pids)
    grown = True
    while grown:
        more = {pid for pid, (parent, _, _) in table.items() if parent in family} - family
        family |= more
        grown = bool(more)
    known = [table[pid] for pid in family if pid in table]
    return Usage(sum(used for _, used, _ in known), sum(mib for _, _, mib in known))


def since(before: Mapping[str, Usage], after: Mapping[str, Usage]) -> dict[str, float]:
    """Return the processor seconds that each used in between."""
    return {name: after[name].seconds - used.seconds for name, used in before.items()}


def _processes() -> dict[int, tuple[int, float, float]]:
    """Return pid → (parent, processor seconds, MiB)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # gone meanwhile
            continue
        seconds = (int(fields[11]) + int(fields[12])) / TICKS
        found[int(entry.name)] = (int(fields[1]), seconds, int(fields[21]) * PAGE / 2**20)
    return found
