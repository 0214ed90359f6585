"""Every word that people read stands in both catalogs, and no word stands there for nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from contracts.answers import ErrorCode
from contracts.codes import Access
from contracts.events import EVENTS
from contracts.events.directory import CalendarChanged
from contracts.events.inspections import HandledAt, InspectionKind, PetitionKind, RemedyKind
from contracts.events.registry import SERVICES
from contracts.events.surveys import DemandKind, FormKind, FormLength, Source, Verdict
from contracts.forms import ItemKind
from contracts.periods import PeriodKind
from contracts.rpc.base import Role
from contracts.rpc.batches import BatchKind, BatchState
from contracts.rpc.data_requests import RequestKind, RequestState
from contracts.rpc.directory import DayKind
from contracts.rpc.improvement import TaskState
from contracts.rpc.inspections import InspectionState, StepKind
from contracts.rpc.keeping import Words as Kept
from contracts.rpc.obligations import ObligationState, Regime
from contracts.rpc.petitions import PetitionState
from contracts.rpc.preparing import PreparationStage
from contracts.rpc.remedies import RemedyState
from contracts.rpc.reminders import MailFault, MailState
from contracts.rpc.requests import AddresseeState
from contracts.rpc.results import Dimension, SignalKind
from contracts.rpc.surveys import CampaignState
from contracts.rpc.trigger_rules import Action, Condition, Evaluation
from dashboard.duties import Page, Part, SetupPart
from dashboard.sections.importing import TYPES
from dashboard.sections.inspection_list import PARTS as INSPECTION_PARTS
from dashboard.sections.obligations import GROUPS
from dashboard.sections.results import FILES
from dashboard.words import LANGUAGES, Words, catalog

ROOT = Path(__file__).parents[2] / "dashboard"
CODE = [path for path in ROOT.rglob("*.py") if ".venv" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
# Fields of events that a rule may ask for, the values that they take, and the events themselves.
RULE_FIELDS = {
    "form",
    "demand",
    "verdict",
    "concerns_head",
    "conclusive",
    "kind",
    "about_procedures",
}
RULE_VALUES = (Verdict, DemandKind, FormKind, PetitionKind)
RULE_EVENTS = {
    "surveys.improper_demand_reported",
    "surveys.campaign_closed",
    "inspections.petition_received",
}
HISTORY = {
    "created",
    "due_soon",
    "overdue",
    "submitted",
    "received",
    "returned",
    "exempted",
    "deadline_moved",
    "extended",
    "document_numbered",
    "withdrawn",
    "draft_begun",
    "handed_in",
    "given_back",
    "approved",
}

# Words that are looked up by a value: the values are those of contracts.
FAMILIES: dict[str, set[str]] = {
    "role": set(get_args(Role)),
    "page": set(get_args(Page)),
    "language": set(LANGUAGES),
    "period": set(get_args(PeriodKind)),
    "scale": {"1", "2", "3", "4", "5"},
    "verdict": set(get_args(Verdict)),
    "source": set(get_args(Source)),
    "parts.by": set(get_args(Dimension)),
    "signal": set(get_args(SignalKind)) | {f"why.{kind}" for kind in get_args(SignalKind)},
    "files": set(FILES),
    "campaign.state": set(get_args(CampaignState)),
    "access.way": set(get_args(Access)),
    "batch.kind": set(get_args(BatchKind)),
    "batch.state": set(get_args(BatchState)),
    "import": {f"template_{kind}" for kind in TYPES} | set(get_args(BatchState)) - {"stored"},
    "row": set(get_args(ErrorCode)) | {"unknown_class", "no_column"},
    "typing.kind": set(get_args(ItemKind)) - {"text"},
    "typing.wrong": {"short", "long", "key", "texts"},
    "demand.kind": set(get_args(DemandKind)),
    "form.kind": set(get_args(FormKind)),
    "item.kind": set(get_args(ItemKind)),
    "length": {"rule", *get_args(FormLength)},
    "setup.part": set(get_args(SetupPart)),
    "exemptions.form": {"both", *get_args(FormKind)},
    "keeping.of": set(get_args(Kept)),
    "requests.of": set(get_args(RequestKind)),
    "requests.state": set(get_args(RequestState)),
    "below.action": set(get_args(Action)),
    "severity": {"1", "2", "3", "4"},
    "handled_at": set(get_args(HandledAt)),
    "inspection.kind": set(get_args(InspectionKind)),
    "remedy.kind": set(get_args(RemedyKind)),
    "petition.kind": set(get_args(PetitionKind)),
    "calendar.kind": set(get_args(CalendarChanged.model_fields["kind"].annotation)),
    "event": set(EVENTS),
    "campaign.list": set(get_args(CampaignState)),
    "inspection.state": set(get_args(InspectionState)),
    "inspection.step": set(get_args(StepKind)),
    "inspections": {f"{name}{end}" for name, _ in INSPECTION_PARTS for end in ("", "_note")},
    "inspections.part": set(get_args(Part)),
    "remedy.state": set(get_args(RemedyState)) | set(get_args(TaskState)),
    "petition.state": set(get_args(PetitionState)),
    "reminders.state": set(get_args(MailState)),
    "reminders.why": set(get_args(MailFault)),
    "moved_days.kind": set(get_args(DayKind)),
    "report.state": set(get_args(ObligationState)),
    "report.regime": set(get_args(Regime)),
    "request.state": set(get_args(AddresseeState)),
    "request.wording": {"by", "before"},
    "prepare.stage": set(get_args(PreparationStage)),
    "report.group": {name for name, _ in GROUPS},
    "report.history": HISTORY,
    "service": set(SERVICES),
    "checklist": {"met", "unmet"},
    "evaluation": {"fired", "all"},
    "evaluation.outcome": set(get_args(Evaluation.model_fields["outcome"].annotation)),
    "why.event": RULE_EVENTS,
    "why.field": RULE_FIELDS,
    "why.value": {value for values in RULE_VALUES for value in get_args(values)},
    "why.operator": set(get_args(Condition.model_fields["operator"].annotation)),
    "timeliness": {"on_time", "late", "overdue"},
    "timeliness.short": {"on_time", "late", "overdue", "open"},
}
OPTIONAL_ENDINGS = (".one", ".late", ".more")


def written_keys() -> set[str]:
    """Keys that code and templates ask for by name."""
    texts = [path.read_text(encoding="utf-8") for path in (*CODE, *TEMPLATES)]
    asked = re.compile(r"""\b(?:t|words)\(\s*["']([a-z_.0-9]+)["']\s*[,)]""")
    done = re.compile(r"""(?<![.\w])done\(\s*["']([a-z_.0-9]+)["']""")
    return {key for text in texts for how in (asked, done) for key in how.findall(text)}


def looked_up_keys() -> set[str]:
    """Keys that are made of a family and a value."""
    return {f"{family}.{value}" for family, values in FAMILIES.items() for value in values}


def expected_keys() -> set[str]:
    return written_keys() | looked_up_keys()


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalog("vi")) == set(catalog("en"))


def test_no_word_is_missing() -> None:
    assert expected_keys() - set(catalog("vi")) == set()


def test_no_word_stands_there_for_nothing() -> None:
    expected = expected_keys()
    kept = {
        key
        for key in catalog("vi")
        if not (key.endswith(OPTIONAL_ENDINGS) and key.rpartition(".")[0] in expected)
    }
    assert kept - expected == set()


def test_every_event_says_more() -> None:
    assert {f"event.{name}.more" for name in EVENTS} <= set(catalog("vi"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty(language: str) -> None:
    assert [key for key, words in catalog(language).items() if not words.strip()] == []


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_both_languages_fill_in_the_same_values() -> None:
    differing = {
        key
        for key in catalog("vi")
        if placeholders(catalog("vi")[key]) != placeholders(catalog("en")[key])
        and not key.startswith("period.")
    }
    assert differing == set()


def test_events_are_told_by_their_own_fields() -> None:
    for name, event in EVENTS.items():
        for ending in ("", ".more", ".late"):
            words = catalog("vi").get(f"event.{name}{ending}", "")
            assert placeholders(words) <= set(event.model_fields), (name, ending)


def literals(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_code_holds_no_words() -> None:
    spoken = {(path.name, text) for path in CODE for text in literals(path) if not text.isascii()}
    assert spoken - {("formats.py", "\u00a0"), ("formats.py", "–")} == set()


def test_templates_hold_no_words() -> None:
    marks = str.maketrans("", "", "–·…")
    style = r'<style>[^"<]*"|"[^"<]*</style>'  # what stands in its quotes is read
    tags = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&nbsp;"
    comment = re.compile(f"{style}|{tags}", re.DOTALL)
    for path in TEMPLATES:
        left = comment.sub(" ", path.read_text(encoding="utf-8")).translate(marks)
        assert re.findall(r"[^\W\d_]+", left) == [], path.name


def test_one_of_something_has_its_own_words() -> None:
    assert Words("en")("account.schools", count=1) == "1 school"
    assert Words("en")("account.schools", count=2) == "2 schools"


def test_a_value_of_a_newer_service_is_shown_as_it_is() -> None:
    assert Words("vi").named("role", "inspector") == "inspector"


def test_an_unknown_language_is_vietnamese() -> None:
    assert Words("fr")("page.reports") == "Báo cáo"
