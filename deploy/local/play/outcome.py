"""What happened, asked from the system itself and checked: the table that `make run` ends with."""

from collections.abc import Iterator, Sequence

import httpx

from deploy.local.play import quarter
from deploy.local.play.api import Json
from deploy.local.play.quarter import Stage

VERDICTS = {"met": "target met", "not_met": "below target", "no_answers": "no answers"}


class NotSoError(Exception):
    """The system shows something else than what must have happened."""


def expect(what: str, *, holds: bool) -> None:
    """Raise `NotSoError` unless it holds."""
    if not holds:
        raise NotSoError(what)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table, its columns as wide as their widest cell."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, ["─" * width for width in widths], *rows]:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))


def percent(share: float | None) -> str:
    """Write a percentage with one decimal, or a dash."""
    return "–" if share is None else f"{share:.1f} %"


def satisfaction(stage: Stage) -> Iterator[str]:
    """Each school's TTHC rate with its verdict; one school must be below, the others not."""
    rows = []
    verdicts = {}
    for c in stage.officer.items("/campaigns", period=stage.period):
        if c["form"] != "tthc":
            continue
        standing = c["standing"]
        rate = standing["rate"]
        verdicts[c["school"]] = standing["verdict"]
        caution = "" if standing["conclusive"] else " (few answers: not conclusive)"
        rows.append(
            (
                c["school_title"],
                str(c["responses"]),
                f"{rate['satisfied']}/{rate['valid']}",
                percent(rate["percent"]),
                VERDICTS[standing["verdict"]] + caution,
            )
        )
    below = {school for school, verdict in verdicts.items() if verdict == "not_met"}
    expect(f"only dam-may-tim is below its target, not {below}", holds=below == {"dam-may-tim"})
    yield "Satisfaction with the handling of procedures, first quarter of 2024"
    yield from table(("School", "Answers", "Satisfied", "Rate", "Verdict (target 95 %)"), rows)


def inspections(stage: Stage) -> Iterator[str]:
    """The inspections that proposed themselves, why, and how fast."""
    yield "Inspections that proposed themselves"
    rows = []
    for found in stage.officer.items("/inspections"):
        evaluations = stage.officer.items("/evaluations", school=found["school"])
        fired = [e for e in evaluations if e["fired"] and e["rule"] == found["rule"]]
        expect(f"{found['inspection_id']} has a rule that fired", holds=bool(fired))
        rows.append((found["school"], str(found["rule"]), fired[0]["event_type"], found["state"]))
    demanded = stage.quarter["demand"]["school"]
    only = [row[0] for row in rows] == [demanded]
    expect("one inspection, at the school with the demand", holds=only)
    expect("the inspection is completed", holds=rows[0][3] == "completed")
    yield from table(("School", "Rule", "Because of", "State"), rows)
    yield (
        f"  proposed {stage.chronicle.facts['reaction_ms']:.0f} ms after the answer was accepted"
        " (from the receipt to the moment it could be read over HTTP)"
    )
    remedies = stage.officer.items("/remedies", school=demanded)
    expect("its remedy is closed in time", holds=[r["state"] for r in remedies] == ["closed"])
    tasks = stage.officer.items("/improvement-tasks", school="dam-may-tim")
    expect("the school below its target has a task", holds=len(tasks) >= 1)
    yield f"  remedy closed in time; improvement task for dam-may-tim due {tasks[0]['due_on']}"


def timeliness(obligation: Json) -> str:
    """Return on_time, late, overdue, or "open" for one obligation."""
    if obligation["submitted_on"]:
        return "late" if obligation["late_working_days"] else "on_time"
    return "overdue" if obligation["state"] == "overdue" else "open"


def _overdue(obligations: list[Json]) -> list[Json]:
    return [one for one in obligations if timeliness(one) in {"overdue", "late"}]


def reports(stage: Stage) -> Iterator[str]:
    """The quarterly report of each school: on time, late or overdue."""
    rows, seen = [], []
    for school in (s["code"] for s in stage.district["schools"]):
        one = quarter.quarterly(stage, school)
        how = timeliness(one)
        seen.append(how)
        days = f"{one['late_working_days']} working days" if how == "late" else ""
        rows.append(
            (school, one["due_on"], one["submitted_on"] or "–", how.replace("_", " "), days)
        )
    expect(
        f"two on time, one late, one overdue, not {seen}",
        holds=sorted(seen) == ["late", "on_time", "on_time", "overdue"],
    )
    named = [o for o in stage.officer.items("/obligations") if o["school"] == "hoa-hong-mau"]
    expect("nothing is overdue at the plan's own school", holds=not _overdue(named))
    yield "Quarterly reports on administrative reform"
    yield from table(("School", "Due", "Sent", "State", "Late by"), rows)


def metrics(metrics_url: str) -> Iterator[str]:
    """The timeliness metrics, as Prometheus reads them."""
    wanted = ("kipthoi_obligations{", "kipthoi_reports_on_time_ratio{")
    text = httpx.get(metrics_url, timeout=10).raise_for_status().text
    lines = [
        line
        for line in text.splitlines()
        if line.startswith(wanted) and f'kind="{quarter.QUARTERLY}"' in line
    ]
    overdue = [
        line for line in lines if 'school="con-thuyen-la"' in line and 'state="overdue"' in line
    ]
    expect(
        "Prometheus can see the overdue report",
        holds=any(float(line.rsplit(" ", 1)[1]) >= 1 for line in overdue),
    )
    yield f"As Prometheus reads it ({metrics_url})"
    for line in lines:
        if not line.endswith(" 0.0"):
            yield f"  {line}"
