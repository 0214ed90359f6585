"""A district after its quarter, as the gateway shows it when everything went well."""

from pathlib import Path
from typing import Any

from deploy.local.play import sample
from deploy.local.play.api import Api, Json
from deploy.local.play.chronicle import Chronicle
from deploy.local.play.quarter import QUARTERLY, Stage

SCHOOLS = ("hoa-hong-mau", "cau-vong-giay", "dam-may-tim", "con-thuyen-la")
DEMANDED, BELOW, SILENT = SCHOOLS[1:]
METRICS = f"""\
# TYPE kipthoi_obligations gauge
kipthoi_obligations{{kind="{QUARTERLY}",school="con-thuyen-la",state="overdue"}} 1.0
kipthoi_obligations{{kind="{QUARTERLY}",school="con-thuyen-la",state="upcoming"}} 0.0
kipthoi_obligations{{kind="{QUARTERLY}",school="dam-may-tim",state="submitted_late"}} 1.0
kipthoi_obligations{{kind="other",school="con-thuyen-la",state="overdue"}} 7.0
kipthoi_reports_on_time_ratio{{kind="{QUARTERLY}"}} 0.5
"""


class Shown(Api):
    """An officer's view: `lists` by path; a test changes what the system shows."""

    def __init__(self) -> None:
        super().__init__("http://gateway.invalid")
        self.lists: dict[str, list[Json]] = {
            "/campaigns": [campaign(s, form) for s in SCHOOLS for form in ("tthc", "care")],
            "/inspections": [
                {"school": DEMANDED, "rule": "improper-demand", "state": "completed"},
            ],
            "/evaluations": [
                {
                    "school": DEMANDED,
                    "rule": "improper-demand",
                    "event_type": "surveys.improper_demand_reported",
                    "fired": True,
                },
                {
                    "school": BELOW,
                    "rule": "below-target",
                    "event_type": "surveys.campaign_closed",
                    "fired": True,
                },
            ],
            "/remedies": [{"school": DEMANDED, "state": "closed", "late_working_days": 0}],
            "/improvement-tasks": [{"school": BELOW, "due_on": "2024-04-12"}],
            "/obligations": [
                report(SCHOOLS[0], "2024-03-14", 0),
                report(DEMANDED, "2024-03-15", 0),
                report(BELOW, "2024-03-20", 3),
                report(SILENT, None, None),
            ],
        }

    def items(self, path: str, **query: str | int) -> list[Json]:
        """Return what stands under a path, of one school if asked so."""
        only = query.get("school")
        return [one for one in self.lists[path] if only in (None, one["school"])]

    def one(self, path: str, **marks: object) -> Json:
        """Return the first of a list with these marks, to be changed in place."""
        return next(one for one in self.lists[path] if marks.items() <= one.items())


def campaign(school: str, form: str) -> Json:
    """A closed campaign with the answers that the sample sends."""
    sent = sample.read_district()["quarter"]["answers"][school][form]
    demanded = (school, form) == (DEMANDED, "tthc")
    below = school == BELOW
    return {
        "school": school,
        "school_title": f"Trường {school}",
        "form": form,
        "state": "closed",
        "slug": f"{school}-{form}",
        "responses": sent + demanded,
        "standing": {
            "verdict": "not_met" if below else "met",
            "conclusive": True,
            "rate": {"satisfied": 118, "valid": 135, "percent": 87.4 if below else 97.9},
        },
    }


def report(school: str, submitted_on: str | None, late: int | None) -> Json:
    """A school's quarterly report."""
    return {
        "school": school,
        "kind": QUARTERLY,
        "period": {"starts_on": "2023-12-15"},
        "due_on": "2024-03-15",
        "state": "submitted_late" if late else "submitted_on_time" if submitted_on else "overdue",
        "submitted_on": submitted_on,
        "late_working_days": late,
    }


def stage(folder: Path, officer: Api) -> Stage:
    """The stage at the end of the quarter, over an officer's view."""
    chronicle = Chronicle(folder / "main-job.json")
    chronicle.keep("reaction_ms", 41.6)
    unused: Any = None
    return Stage(
        url="http://gateway.invalid",
        clock_file=folder / "clock",
        district=sample.read_district(),
        chronicle=chronicle,
        officer=officer,
        heads={},
        say=unused,
    )
