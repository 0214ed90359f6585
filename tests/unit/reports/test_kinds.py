from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from reports.domain.kinds import KindError, parse
from reports.shipped import figure_rules, kinds
from workdays import Calendar

# R10 of the plan.
EIGHT = (
    "periodic",
    "cchc_result",
    "it_application",
    "annual",
    "inspection",
    "legal_document_review",
    "law_enforcement_monitoring",
    "training",
)
ONE: dict[str, Any] = {
    "code": "one",
    "version": 1,
    "effective_from": date(2020, 1, 1),
    "title": {"vi": "Một", "en": "One"},
    "regime": "periodic",
    "periods": ["quarter"],
    "deadline": {"day": 16, "wording": "by", "legal_basis": "x"},
    "legal_basis": "x",
    "recipients": [],
    "checklist": [],
}


def document(**changed: Any) -> dict[str, Any]:
    return {"kinds": [deepcopy(ONE) | changed]}


def test_the_eight_kinds_of_the_plan_are_shipped() -> None:
    assert kinds().codes() == EIGHT
    for kind in kinds().versions:
        assert kind.legal_basis
        assert kind.recipients
        assert kind.title.vi != kind.title.en
        assert len(kind.checklist) >= 3
        words = [part.words for part in kind.checklist]
        assert all(one.vi and one.en and one.vi != one.en for one in words)
        assert kind.regime in {"periodic", "thematic"}
        assert kind.figures
        assert len(kind.figures) == sum(len(part.figures) for part in kind.checklist)


def test_reform_results_are_owed_four_times_a_year() -> None:
    owed = [period for kind, period in kinds().periods_of(2024) if kind.code == "cchc_result"]
    assert [(p.kind, p.index) for p in owed] == [
        ("quarter", 1),
        ("first_half", 0),
        ("quarter", 3),
        ("year", 0),
    ]


def test_every_shipped_kind_yields_a_deadline_after_its_cut_off() -> None:
    calendar = Calendar()
    for year in range(2024, 2029):
        for kind, period in kinds().periods_of(year):
            deadline = kind.deadline.after(calendar, period.ends_on)
            assert calendar.count(period.ends_on, deadline.due_on) >= 1
            assert calendar.is_working(deadline.due_on)


def test_the_version_in_force_at_the_end_of_a_period_counts() -> None:
    def version(year: int) -> int:
        (found,) = (
            kind for kind, _ in kinds().periods_of(year) if kind.code == "legal_document_review"
        )
        return found.version

    assert [version(2024), version(2025), version(2026)] == [1, 2, 2]


def test_nothing_is_owed_before_a_kind_is_in_force() -> None:
    assert list(kinds().periods_of(2018)) == []
    later = parse(document(effective_from=date(2024, 5, 1)))
    assert [period.index for _, period in later.periods_of(2024)] == [2, 3, 4]


def test_rules_of_showing_figures_are_shipped() -> None:
    assert (figure_rules().minimum_sample, figure_rules().smallest_group) == (30, 5)


def drop_title(raw: dict[str, Any]) -> None:
    del raw["kinds"][0]["title"]


def fifth_quarter(raw: dict[str, Any]) -> None:
    raw["kinds"][0]["periods"] = ["quarter-5"]


def unknown_period(raw: dict[str, Any]) -> None:
    raw["kinds"][0]["periods"] = ["fortnight"]


def no_such_day(raw: dict[str, Any]) -> None:
    raw["kinds"][0]["deadline"]["day"] = 31


def unknown_wording(raw: dict[str, Any]) -> None:
    raw["kinds"][0]["deadline"]["wording"] = "around"


def unknown_regime(raw: dict[str, Any]) -> None:
    raw["kinds"][0]["regime"] = "ad_hoc"


def unknown_figure(raw: dict[str, Any]) -> None:
    words = {"vi": "a", "en": "b"}
    raw["kinds"][0]["checklist"] = [{"words": words, "figures": ["petitions.lost"]}]


def unknown_hierarchy(raw: dict[str, Any]) -> None:
    words = {"vi": "a", "en": "b"}
    raw["kinds"][0]["recipients"] = [{"to": words, "purpose": words, "hierarchy": "friends"}]


def doubled(raw: dict[str, Any]) -> None:
    raw["kinds"].append(deepcopy(raw["kinds"][0]))


def never_later(raw: dict[str, Any]) -> None:
    raw["kinds"][0]["deadline"]["months_later"] = -1


def title_in_one_language(raw: dict[str, Any]) -> None:
    raw["kinds"][0]["title"] = {"vi": "Một"}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (drop_title, "missing"),
        (fifth_quarter, "unknown_period"),
        (unknown_period, "unknown_period"),
        (no_such_day, "never_a_date"),
        (never_later, "never_a_date"),
        (unknown_wording, "unknown_wording"),
        (unknown_regime, "unknown_regime"),
        (unknown_figure, "unknown_figure"),
        (unknown_hierarchy, "unknown_hierarchy"),
        (title_in_one_language, "malformed"),
        (doubled, "twice"),
    ],
)
def test_a_file_that_cannot_be_is_refused(
    spoil: Callable[[dict[str, Any]], None], code: str
) -> None:
    raw = document()
    assert parse(raw).codes() == ("one",)
    spoil(raw)
    with pytest.raises(KindError, match="one") as refused:
        parse(raw)
    assert refused.value.code == code


def test_another_content_has_another_digest() -> None:
    assert parse(document()).digest == parse(document()).digest
    assert parse(document()).digest != parse(document(version=2)).digest
