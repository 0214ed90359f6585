"""The main job says what did not happen, whatever it is that the system doesn't show."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from deploy.local.play import outcome
from deploy.local.play.outcome import NotSoError
from tests.unit.play.district import BELOW, DEMANDED, METRICS, SCHOOLS, SILENT, Shown, stage

Spoil = Callable[[Shown], object]


def told(shown: Shown, folder: Path) -> list[str]:
    """All parts of the outcome that are asked from the gateway."""
    parts = (outcome.satisfaction, outcome.inspections, outcome.reports, outcome.forms)
    return [line for part in parts for line in part(stage(folder, shown))]


def test_what_went_well_is_told(tmp_path: Path) -> None:
    text = "\n".join(told(Shown(), tmp_path))
    for row in (
        rf"Trường {BELOW} +150 +118/135 +87.4 % +below target",
        rf"Trường {DEMANDED} +171 +118/135 +97.9 % +target met",
        rf"{DEMANDED} +improper-demand +surveys.improper_demand_reported +completed",
        "proposed 42 ms after the answer was accepted",
        rf"improvement task for {BELOW} due 2024-04-12",
        rf"{BELOW} +2024-03-15 +2024-03-20 +late +3 working days",
        rf"{SILENT} +2024-03-15 +– +overdue",
        rf"closed +http://gateway.invalid/k/{BELOW}-tthc",
    ):
        assert re.search(row, text), f"{row} not in\n{text}"


def changed(path: str, mark: dict[str, object], **values: object) -> Spoil:
    return lambda shown: shown.one(path, **mark).update(values)


def emptied(path: str) -> Spoil:
    return lambda shown: shown.lists[path].clear()


def verdict(school: str, value: str) -> Spoil:
    mark: dict[str, object] = {"school": school, "form": "tthc"}
    return lambda shown: shown.one("/campaigns", **mark)["standing"].update(verdict=value)


def without(path: str, **mark: object) -> Spoil:
    return lambda shown: shown.lists[path].remove(shown.one(path, **mark))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (verdict(BELOW, "met"), "dam-may-tim alone is below"),
        (verdict(SILENT, "not_met"), "dam-may-tim alone is below"),
        (verdict(SILENT, "no_answers"), "'con-thuyen-la': 'no_answers'"),
        (
            without("/campaigns", school=SILENT, form="tthc"),
            "180 answers were sent to the tthc campaign of con-thuyen-la, it shows None",
        ),
        (
            changed("/campaigns", {"school": BELOW, "form": "care"}, responses=109),
            "110 answers were sent to the care campaign of dam-may-tim, it shows 109",
        ),
        (
            changed("/campaigns", {"school": DEMANDED, "form": "tthc"}, responses=172),
            "171 answers were sent to the tthc campaign of cau-vong-giay, it shows 172",
        ),
        (emptied("/campaigns"), "it shows None"),
        (emptied("/inspections"), r"at cau-vong-giay, not \[\]"),
        (
            lambda shown: shown.lists["/inspections"].append(shown.lists["/inspections"][0]),
            r"one inspection .*'cau-vong-giay', 'cau-vong-giay'",
        ),
        (
            changed("/inspections", {}, school=BELOW, rule="below-target"),
            "a reported demand explains the inspection of dam-may-tim",
        ),
        (changed("/inspections", {}, state="ordered"), "completed, not ordered"),
        (changed("/evaluations", {}, fired=False), "a reported demand explains"),
        (emptied("/evaluations"), "a reported demand explains"),
        (emptied("/remedies"), r"closed in time, not \[\]"),
        (changed("/remedies", {}, state="open"), r"closed in time, not \[\('open', 0\)\]"),
        (changed("/remedies", {}, late_working_days=2), r"in time, not \[\('closed', 2\)\]"),
        (emptied("/improvement-tasks"), "has an improvement task"),
        (
            changed("/obligations", {"school": SILENT}, state="due_soon"),
            "one overdue, not .*'open'",
        ),
        (changed("/obligations", {"school": BELOW}, late_working_days=0), "one late"),
        (
            changed("/obligations", {"school": SCHOOLS[0]}, late_working_days=1),
            "two on time",
        ),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, spoil: Spoil, sentence: str) -> None:
    shown = Shown()
    spoil(shown)
    with pytest.raises(NotSoError, match=sentence):
        told(shown, tmp_path)


def test_what_is_overdue_at_the_plans_own_school_is_said(tmp_path: Path) -> None:
    """Also when it is another report than the quarter's."""
    shown = Shown()
    other = {**shown.one("/obligations", school=SILENT), "kind": "other", "school": SCHOOLS[0]}
    shown.lists["/obligations"].append(other)
    with pytest.raises(NotSoError, match="nothing is overdue at the plan's own school"):
        told(shown, tmp_path)


@pytest.fixture
def prometheus() -> Iterator[Callable[[str], str]]:
    """Serve a text where metrics stand; returns its address."""
    body = ""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()

        def serve(text: str) -> str:
            nonlocal body
            body = text
            return f"http://127.0.0.1:{server.server_port}/metrics"

        yield serve
        server.shutdown()
        thread.join()


def test_metrics_are_shown_as_prometheus_reads_them(prometheus: Callable[[str], str]) -> None:
    url = prometheus(METRICS)
    head, *lines = outcome.metrics(url)
    assert url in head
    assert len(lines) == 3  # neither zeros nor other kinds
    assert lines[0].endswith('school="con-thuyen-la",state="overdue"} 1')
    assert lines[2].endswith(" 0.5")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('"con-thuyen-la",state="overdue"', "the overdue report"),
        ('state="submitted_late"', "the late report"),
        ("kipthoi_reports_on_time_ratio", "the share of reports on time"),
        ("kipthoi_", "the overdue report"),
    ],
)
@pytest.mark.parametrize("becomes", ["gone", "zero"])
def test_metrics_that_are_missing_are_said(
    line: str, sentence: str, becomes: str, prometheus: Callable[[str], str]
) -> None:
    lines = [
        (f"{one.rpartition(' ')[0]} 0.0" if becomes == "zero" else "") if line in one else one
        for one in METRICS.splitlines()
    ]
    with pytest.raises(NotSoError, match=f"Prometheus can see {sentence}"):
        list(outcome.metrics(prometheus("\n".join(lines))))
