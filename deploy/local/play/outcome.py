"""What happened, asked from the system itself and checked: the table that `make run` ends with."""

from collections.abc import Iterator, Mapping, Sequence

import httpx

from deploy.local.play import quarter
from deploy.local.play.api import Json
from deploy.local.play.quarter import Stage

BELOW = "dam-may-tim"
DEMAND = "surveys.improper_demand_reported"
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
    campaigns = stage.officer.items("/campaigns", period=stage.period)
    _received(stage, campaigns)
    rows = []
    verdicts = {}
    for c in campaigns:
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
    wanted = {s["code"]: "met" for s in stage.district["schools"]} | {BELOW: "not_met"}
    expect(f"{BELOW} alone is below its target, not {verdicts}", holds=verdicts == wanted)
    yield "Satisfaction with the handling of procedures, first quarter of 2024"
    yield from table(("School", "Answers", "Satisfied", "Rate", "Verdict (target 95 %)"), rows)


def _received(stage: Stage, campaigns: Sequence[Json]) -> None:
    """Each campaign has the answers that were sent to it: none is lost, none counted twice."""
    sent = {
        (school, form): crowd[form]
        for school, crowd in stage.quarter["answers"].items()
        for form in ("tthc", "care")
    }
    sent[stage.quarter["demand"]["school"], "tthc"] += 1
    found = {(c["school"], c["form"]): c["responses"] for c in campaigns}
    for (school, form), count in sent.items():
        got = found.get((school, form))
        expect(
            f"{count} answers were sent to the {form} campaign of {school}, it shows {got}",
            holds=got == count,
        )


def inspections(stage: Stage) -> Iterator[str]:
    """The inspections that proposed themselves, why, and how fast."""
    yield "Inspections that proposed themselves"
    demanded = stage.quarter["demand"]["school"]
    rows = []
    for found in stage.officer.items("/inspections"):
        evaluations = stage.officer.items("/evaluations", school=found["school"])
        fired = [
            e["event_type"]
            for e in evaluations
            if e["fired"] and e["rule"] == found["rule"] and e["event_type"] == DEMAND
        ]
        expect(f"a reported demand explains the inspection of {found['school']}", holds=bool(fired))
        rows.append((found["school"], str(found["rule"]), fired[0], found["state"]))
    schools = [row[0] for row in rows]
    expect(
        f"one inspection proposed itself, at {demanded}, not {schools}", holds=schools == [demanded]
    )
    expect(f"the inspection is completed, not {rows[0][3]}", holds=rows[0][3] == "completed")
    yield from table(("School", "Rule", "Because of", "State"), rows)
    yield (
        f"  proposed {stage.chronicle.facts['reaction_ms']:.0f} ms after the answer was accepted"
        " (from the receipt to the moment it could be read over HTTP)"
    )
    remedies = stage.officer.items("/remedies", school=demanded)
    closed = [(r["state"], r["late_working_days"]) for r in remedies]
    expect(f"its one remedy is closed in time, not {closed}", holds=closed == [("closed", 0)])
    tasks = stage.officer.items("/improvement-tasks", school=BELOW)
    expect(f"{BELOW}, below its target, has an improvement task", holds=len(tasks) >= 1)
    yield f"  remedy closed in time; improvement task for {BELOW} due {tasks[0]['due_on']}"


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
    values = {
        series: float(value)
        for series, _, value in (line.rpartition(" ") for line in text.splitlines())
        if series.startswith(wanted) and f'kind="{quarter.QUARTERLY}"' in series
    }
    _seen("the overdue report", values, 'school="con-thuyen-la"', 'state="overdue"')
    _seen("the late report", values, f'school="{BELOW}"', 'state="submitted_late"')
    _seen("the share of reports on time", values, "kipthoi_reports_on_time_ratio{")
    yield f"As Prometheus reads it ({metrics_url})"
    for series, value in values.items():
        if value:
            yield f"  {series} {value:g}"


def _seen(what: str, values: Mapping[str, float], *words: str) -> None:
    found = [value for series, value in values.items() if all(word in series for word in words)]
    expect(f"Prometheus can see {what}", holds=any(found))


def forms(stage: Stage) -> Iterator[str]:
    """Where parents answered."""
    rows = [
        (c["school_title"], c["state"], f"{stage.url}/k/{c['slug']}")
        for c in stage.officer.items("/campaigns", period=stage.period)
        if c["form"] == "tthc"
    ]
    yield "Parents' forms"
    yield from table(("School", "Campaign", "Form"), rows)
