"""Material for tests of surveys: the shipped forms, answers that fit them, a campaign."""

from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid4

from contracts.forms import Form
from contracts.periods import PeriodRef
from contracts.rpc.surveys import Submission
from surveys.domain.campaigns import Campaign
from surveys.domain.form_files import read_form
from surveys.domain.rule_files import read_rules


def form_text(kind: str) -> str:
    """Return the shipped file of a form's first version."""
    return files("surveys.forms").joinpath(f"{kind}-v1.yaml").read_text(encoding="utf-8")


RULES = read_rules(files("surveys").joinpath("rules.yaml").read_text(encoding="utf-8"))
TTHC: Form = read_form(form_text("tthc"))
CARE: Form = read_form(form_text("care"))
Q1_2024 = PeriodRef(
    kind="quarter", year=2024, index=1, starts_on=date(2023, 12, 15), ends_on=date(2024, 3, 14)
)


def campaign(**changed: Any) -> Campaign:
    """Return an open TTHC campaign of the first quarter of 2024."""
    given: dict[str, Any] = {
        "id": uuid4(),
        "school": "hoa-cuc-mau",
        "form": "tthc",
        "form_version": 1,
        "period": Q1_2024,
        "opens_on": date(2024, 3, 1),
        "closes_on": date(2024, 3, 14),
        "closed_on": None,
        "state": "open",
        "origin": "extra",
        "target_percent": 95,
        "legal_basis": "Kế hoạch số 513/KH-GDĐT ngày 06/5/2019",
        "handed_out": None,
        "slug": uuid4().hex,
        "correlation_id": uuid4(),
        "last_event_id": None,
        "responses": None,
        "version": 2,
    }
    return Campaign(**(given | changed))


def submission(slug: str, submission_id: UUID | None = None, **changed: Any) -> Submission:
    """Return answers that fit the TTHC form: satisfied (4) overall."""
    given: dict[str, Any] = {
        "submission_id": submission_id or uuid4(),
        "correlation_id": uuid4(),
        "slug": slug,
        "answers": {"P": "yes", "A1": 5, "F": 4},
    }
    return Submission.model_validate(given | changed)
