"""The history of one matter, event by event, in words."""

from collections.abc import Mapping
from string import Formatter
from typing import Final, cast

from dashboard.client import segment
from dashboard.markup import show
from dashboard.naming import period_name
from dashboard.sections.schools import titles_of
from dashboard.shapes.surveys import Period
from dashboard.shapes.traces import Trace, TraceEvent
from dashboard.visit import Visit, current

LATE: Final = ("_overdue", "_escalated")
# field of an event → family of words for its values
FAMILIES: Final[Mapping[str, str]] = {
    "demand": "demand.kind",
    "form": "form.kind",
    "verdict": "verdict",
    "severity": "severity",
    "handled_at": "handled_at",
    "rule": "rule",
}
KINDS: Final[Mapping[str, str]] = {
    "inspections.inspection": "inspection.kind",
    "inspections.remedy": "remedy.kind",
    "inspections.petition": "petition.kind",
    "reports.": "report.kind",
    "directory.calendar": "calendar.kind",
}


def matter(correlation_id: str) -> None:
    """Ask for one chain and draw it from top to bottom, first cause first."""
    visit = current()
    trace = visit.gateway.get(f"/traces/{segment(correlation_id)}", Trace)
    titles = titles_of(visit)
    schools = sorted(
        {titles.get(e["subject"], e["subject"]) for e in trace["events"] if e["subject"]}
    )
    missing = ", ".join(visit.words.named("service", name) for name in trace["missing"])
    show("matter_head.html", schools=schools, trace=trace, missing=missing)
    rows = [_row(visit, event, titles) for event in trace["events"]]
    show("timeline.html", rows=rows)


def _row(visit: Visit, event: TraceEvent, titles: Mapping[str, str]) -> dict[str, str]:
    values = said_values(visit, event, titles)
    key = f"event.{event['type']}"
    known = visit.words.has(key)
    lateness = event["data"].get("late_working_days")
    more = f"{key}.late" if lateness and visit.words.has(f"{key}.late") else f"{key}.more"
    return {
        "tone": "late" if event["type"].endswith(LATE) else "",
        "time": visit.when(event["on"], event["at"]),
        "words": visit.words(key, **values) if known else event["type"],
        "more": _more(visit, more, values),
    }


def _more(visit: Visit, key: str, values: Mapping[str, object]) -> str:
    """Say more of an event, unless the gateway kept back what the words are about."""
    named = {name for _, name, _, _ in Formatter().parse(visit.words(key)) if name}
    known = visit.words.has(key) and named <= set(values)
    return visit.words(key, **values) if known else ""


def said_values(visit: Visit, event: TraceEvent, titles: Mapping[str, str]) -> dict[str, object]:
    """The fields of an event as people read them: days, names of schools and periods, words."""
    return {
        name: _said(visit, event["type"], name, value, titles)
        for name, value in event["data"].items()
    }


def _said(
    visit: Visit, event_type: str, name: str, value: object, titles: Mapping[str, str]
) -> object:
    if name == "period":
        return period_name(visit, cast("Period", value))
    if name == "school":
        return titles.get(str(value), str(value))
    if isinstance(value, str) and (name.endswith("_on") or name in {"day", "valid_from"}):
        return visit.formats.day(value)
    family = FAMILIES.get(name)
    if name == "kind":
        family = next((f for start, f in KINDS.items() if event_type.startswith(start)), None)
    return visit.words.named(family, str(value)) if family and value is not None else value
