import re
import string
from pathlib import Path
from typing import get_args

import pytest
from starlette.requests import Request

from contracts.answers import ErrorCode
from contracts.events.surveys import Source, Verdict
from contracts.periods import PeriodKind
from contracts.problems import codes, status_of
from contracts.rpc.base import Role
from contracts.rpc.documents import TemplateFault
from contracts.rpc.forms import FileFault, FormFault
from contracts.rpc.obligations import ObligationState
from contracts.rpc.requests import AddresseeState
from contracts.rpc.results import Dimension
from gateway import app  # noqa: F401 - brings in every service's problem codes
from gateway.exports import comments, league, matrix, results
from gateway.words import FOLDER, LANGUAGES, Language, language_of, read_catalog, say, translations

SOURCES = FOLDER.parent


def keys(language: Language) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in read_catalog(language) if m.id}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_each_problem_has_its_sentences(language: Language, code: str) -> None:
    assert keys(language).get(f"problem.{code}"), f"write problem.{code} into the catalog"
    assert keys(language).get(f"status.{status_of(code)}")


@pytest.mark.parametrize(
    "why", [*get_args(FormFault), *get_args(FileFault), *get_args(TemplateFault)]
)
def test_each_reason_has_its_words(why: str) -> None:
    assert keys("vi").get(f"reason.{why}")


def test_both_catalogs_hold_the_same_keys_none_empty_none_fuzzy() -> None:
    assert keys("vi").keys() == keys("en").keys()
    for language in LANGUAGES:
        assert [key for key, words in keys(language).items() if not words.strip()] == []
        assert [m.id for m in read_catalog(language) if m.id and m.fuzzy] == []


def test_both_languages_fill_in_the_same_values() -> None:
    def values(sentence: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    vi, en = keys("vi"), keys("en")
    assert {key for key in vi if values(vi[key]) != values(en[key])} == set()


def test_no_key_stands_twice() -> None:
    for language in LANGUAGES:
        text = (FOLDER / language / "LC_MESSAGES" / "gateway.po").read_text(encoding="utf-8")
        ids = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
        assert sorted(ids) == sorted(set(ids))


def test_every_key_that_a_page_asks_for_is_there() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SOURCES.glob("templates/*.html")]
    asked = {key for text in texts for key in re.findall(r't\("([\w.]+)"[,)]', text)}
    asked |= {f"error.{code}" for code in get_args(ErrorCode)}
    asked |= {f"role.{role}" for role in get_args(Role)} | {f"level.{n}" for n in range(1, 6)}
    asked |= {f"verdict.{one}" for one in get_args(Verdict)}
    asked |= {f"source.{one}" for one in get_args(Source)}
    asked |= {f"export.by.{one}" for one in get_args(Dimension)}
    asked |= {f"export.head.{one}" for one in (*results.HEAD, *league.HEAD, *comments.HEAD)}
    for module in Path(SOURCES).glob("exports/*.py"):
        asked |= set(re.findall(r'"(export\.[a-z_]+)"', module.read_text(encoding="utf-8")))
    asked |= {f"answers.state.{one}" for one in get_args(AddresseeState)}
    asked |= {f"matrix.{one}" for one in (*matrix.LIST, "sheet", "list", "share", "due")}
    asked |= {f"matrix.sum.{one}" for one in matrix.SUMS}
    asked |= {f"matrix.state.{one}" for one in (*get_args(ObligationState), "withdrawn")}
    asked |= {
        f"reminder.{of}.{one}"
        for of in ("request", "collection")
        for one in ("ahead", "today", "late")
    }
    asked |= {f"urging.{one}" for one in ("all", "school", "report", "request")}
    asked |= {f"urging.{one}" for one in ("ahead", "today", "late")}
    asked |= {f"period.{one}" for one in get_args(PeriodKind)}
    asked |= {f"demand.kind.{kind}" for kind in ("papers", "fee", "other")}
    for module in Path(SOURCES).glob("pages/*.py"):
        asked |= set(re.findall(r'"(page\.[\w.]+)"', module.read_text(encoding="utf-8")))
    assert len(asked) > 50
    assert asked - keys("vi").keys() == set()


def test_no_key_is_left_over() -> None:
    text = "".join(
        path.read_text(encoding="utf-8")
        for pattern in ("**/*.py", "templates/*.html")
        for path in SOURCES.glob(pattern)
    )
    built = (
        "problem.",
        "reason.",
        "status.",
        "error.",
        "role.",
        "level.",
        "demand.kind.",
        "page.campaign.",
        "verdict.",
        "source.",
        "export.",
        "page.resend.",
        "page.receipt.task.",
        "template.",
        "answers.state.",
        "reminder.",
        "layout.",
        "urging.",
        "period.",
        "matrix.",
    )
    left = [key for key in keys("vi") if not key.startswith(built) and f'"{key}"' not in text]
    assert left == []


def test_days_are_written_as_people_write_them() -> None:
    sentence = say("vi", "page.campaign.closed_text", {"closes_on": "2024-03-14"})
    assert "14/03/2024" in sentence


def test_moments_are_told_as_a_clock_in_vietnam_shows_them() -> None:
    told = {
        "earliest": "2024-03-19T17:30:27.092813+00:00",
        "latest": "2024-03-20T01:21:27+00:00",
    }
    sentence = say("vi", "problem.reports.sent_at_impossible", told)
    assert sentence == "Thời điểm gửi phải từ 00:30 20/03/2024 đến 08:21 20/03/2024."


def test_a_value_that_is_missing_or_odd_breaks_no_sentence() -> None:
    assert "…" in say("vi", "problem.request.invalid")
    assert "2024-99-99" in say("vi", "problem.request.invalid", {"fields": ["a", "2024-99-99"]})
    assert translations("vi").gettext("no.such.key") == "no.such.key"


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "", "vi"),
        ("lang=en", "vi", "en"),
        ("lang=fr", "en", "en"),
        ("lang=vi", "en", "vi"),
        ("", "en-US,en;q=0.9,vi;q=0.8", "en"),
        ("", "fr,vi;q=0.7,en;q=0.3", "vi"),
        ("", "en;q=0", "vi"),
        ("", "en;q=much", "vi"),
        ("", "*", "vi"),
    ],
)
def test_the_reader_s_language(query: str, header: str, language: str) -> None:
    scope = {
        "type": "http",
        "query_string": query.encode(),
        "headers": [(b"accept-language", header.encode())],
    }
    assert language_of(Request(scope)) == language
