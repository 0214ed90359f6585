"""The results as a table for people."""

from collections.abc import Iterable, Mapping, Sequence

from tests.bench.figures import Spread, ratio, spread
from tests.bench.measuring import Load, Rest
from tests.bench.yardstick_limit import Limit

TITLES = {
    "subject": "Kịp Thời",
    "bare": "bare FastAPI + SQLAlchemy insert",
    "faststream": "FastAPI + FastStream, outbox",
    "nameko": "plain nameko, no outbox",
}
HEAD = ("", "clients", "accepted/s", "chains/s", "p50 ms", "p95 ms", "p99 ms", "drain s")
REST_HEAD = ("at rest", "accepted p50", "p95 ms", "chain p50", "p95 ms")

Loads = Mapping[str, Mapping[int, Sequence[Load]]]


def load_table(loads: Loads) -> str:
    """Return a line per contender and number of clients: medians (lowest-highest) of the runs."""
    lines = []
    for name, levels in loads.items():
        for clients, runs in levels.items():
            good = [run for run in runs if not run.wrong]
            figures = [
                _cell(getattr(run, figure) for run in good)
                for figure in ("accepted", "chains", "p50", "p95", "p99", "drain")
            ]
            lines.append([TITLES[name], str(clients), *figures])
    return grid([HEAD, *lines])


def rest_table(rests: Mapping[str, Sequence[Rest]]) -> str:
    """Return a line per contender: how long one answer takes when nothing else is under way."""
    figures = ("accepted_p50", "accepted_p95", "chain_p50", "chain_p95")
    lines = [
        [TITLES[name], *(_cell(getattr(run, figure) for run in runs) for figure in figures)]
        for name, runs in rests.items()
    ]
    return grid([REST_HEAD, *lines])


def limit_line(limits: Sequence[Limit]) -> str:
    """Return the broker's own limit."""
    published = _cell(limit.published for limit in limits)
    consumed = _cell(limit.consumed for limit in limits)
    return f"the broker's own limit: {published} published/s, {consumed} consumed/s at once"


def targets(loads: Loads, rests: Mapping[str, Sequence[Rest]]) -> str:
    """Return how the subject stands to what it aims at; only what was measured."""
    lines = []
    for yardstick, figure, clients, wanted in (
        ("bare", "accepted", 32, 0.9),
        ("faststream", "accepted", 32, 1.0),
        ("faststream", "chains", 32, 2.0),
        ("faststream", "chains", 128, 2.0),
    ):
        found = ratio(
            median_of(loads, "subject", clients, figure),
            median_of(loads, yardstick, clients, figure),
        )
        if found is not None:
            what = f"{figure}/s at {clients} clients, times {TITLES[yardstick]}"
            lines.append([what, f"{found:.2f}", f">= {wanted}", _verdict(found >= wanted)])
    late = spread(rest.chain_p95 for rest in rests.get("subject", ()))
    if late is not None:
        verdict = _verdict(late.median < 100)
        lines.append(["p95 of the chain at rest, ms", str(late), "< 100", verdict])
    return grid([("aim", "measured", "wanted", ""), *lines]) if lines else ""


def wrongs(loads: Loads) -> list[str]:
    """Return a sentence for each stretch in which something went wrong."""
    return [
        f"{TITLES[name]}, {clients} clients: {'; '.join(run.wrong)}"
        for name, levels in loads.items()
        for clients, runs in levels.items()
        for run in runs
        if run.wrong
    ]


def median_of(loads: Loads, name: str, clients: int, figure: str) -> Spread | None:
    """Return the spread of a figure over the runs in which nothing went wrong."""
    runs = loads.get(name, {}).get(clients, ())
    return spread(getattr(run, figure) for run in runs if not run.wrong)


def grid(lines: Sequence[Sequence[str]]) -> str:
    """Return lines of cells as a Markdown table whose columns stand under each other."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    rows = [
        "| " + " | ".join(_pad(cell, widths[i], i) for i, cell in enumerate(line)) + " |"
        for line in lines
    ]
    rule = "|" + "|".join("-" * (w + 1) + ("-" if i == 0 else ":") for i, w in enumerate(widths))
    return "\n".join([rows[0], rule + "|", *rows[1:]])


def _pad(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column == 0 else cell.rjust(width)


def _cell(values: Iterable[float | None]) -> str:
    found = spread(values)
    return "-" if found is None else str(found)


def _verdict(met: bool) -> str:
    return "met" if met else "missed"
