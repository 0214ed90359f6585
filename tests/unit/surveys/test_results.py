"""From counts to what staff may see."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.showing import show_results, show_standing
from surveys.domain.tally import Tally
from tests.support.surveys import CARE, TTHC


def tally(**items: dict[str, int]) -> Tally:
    numbers = {(item, answer): n for item, counts in items.items() for answer, n in counts.items()}
    return Tally(TTHC, 130, numbers)


FULL = tally(
    P={"yes": 120, "no": 10},
    A1={"3": 2, "4": 60, "5": 40, "no_opinion": 8},
    F={"2": 1, "3": 5, "4": 60, "5": 54},
    B4={"yes": 6, "no": 90},
    G={"yes": 2, "no": 100},
    D3={"5": 4, "not_applicable": 80},
)


def test_overall_is_measured_on_its_own_item() -> None:
    assert FULL.overall.rate == Fraction(114, 120)
    assert FULL.overall_counts().counts == (0, 1, 5, 60, 54)
    assert FULL.overall_counts().not_valid == 10


def test_filtered_out_are_answers_but_valid_for_no_item() -> None:
    assert FULL.filtered_out == 10
    assert FULL.responses == 130
    counts = {c.item: c for c in FULL.distribution()}
    assert counts["A1"].not_valid == 130 - 102
    assert all(sum(c.counts) + c.not_valid == 130 for c in FULL.distribution())


def test_standing() -> None:
    standing = show_standing(FULL, 95, handed_out=260)
    assert (standing.verdict, standing.conclusive, standing.response_percent) == ("met", False, 50)
    assert standing.rate is not None
    assert (standing.rate.percent, standing.rate.very_satisfied_percent) == (95.0, 45.0)


def test_figures_of_fewer_than_five_are_hidden() -> None:
    results = show_results(FULL, improper_demands=2, with_demand_item=True)
    items = {item.item: item for item in results.items}
    assert not items["A1"].hidden
    assert items["B4"].counts == (6, 90)
    assert items["D3"].hidden
    assert (items["D3"].valid, items["D3"].counts, items["D3"].rate) == (None, None, None)
    assert "H" not in items, "open text is no figure"
    assert results.lowest_item == "F"
    groups = {group.group: group for group in results.groups}
    assert groups["result"].hidden
    assert groups["result"].rate is None, "its other items would tell the hidden one"


def test_the_head_reads_nothing_of_demands_from_the_counts() -> None:
    results = show_results(FULL, improper_demands=0, with_demand_item=False)
    assert next(item for item in results.items if item.item == "G").hidden


@pytest.mark.parametrize("level", ["5", "1"])
def test_few_answers_show_neither_figures_nor_a_verdict(level: str) -> None:
    standing = show_standing(tally(F={level: 4}), 95, None)
    assert (standing.verdict, standing.rate, standing.conclusive) == ("no_answers", None, False)
    assert show_standing(tally(F={level: 5}), 95, None).verdict != "no_answers"


def test_few_sheets_do_not_tell_who_skipped_the_items() -> None:
    few = Tally(TTHC, 4, {("P", "no"): 3, ("P", "yes"): 1})
    assert show_results(few, improper_demands=0, with_demand_item=True).filtered_out is None


def test_share_of_expectation() -> None:
    numbers = {("Q24", "80"): 3, ("Q24", "95"): 2, ("Q23", "5"): 5}
    results = show_results(Tally(CARE, 5, numbers), improper_demands=0, with_demand_item=True)
    expected = next(item for item in results.items if item.item == "Q24")
    assert (expected.valid, expected.mean) == (5, (240 + 190) / 5)


@given(st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_an_item_is_shown_from_five_on(counts: list[int]) -> None:
    shown = tally(A1={str(level): n for level, n in enumerate(counts, 1)})
    item = show_results(shown, improper_demands=0, with_demand_item=True).items[0]
    assert item.hidden == (sum(counts) < FEWEST_SHOWN)
