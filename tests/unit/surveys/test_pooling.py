"""Over many campaigns: counts are added up, and only those that are shown one by one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.figures import item_figure, rate_change
from surveys.domain.pooling import Pool, overall_rate, places
from surveys.domain.showing import show_rate
from surveys.domain.statistics import Scale
from surveys.domain.tally import Tally
from tests.support.surveys import CARE

LEVELS = st.lists(st.integers(1, 5), max_size=40)
ITEMS = {item.code: item for _, item in CARE.placed_items()}


def tally(levels: list[int], percents: list[int] = []) -> Tally:  # noqa: B006 - never changed
    numbers = {("Q23", str(level)): levels.count(level) for level in set(levels)}
    numbers |= {("Q24", str(one)): percents.count(one) for one in set(percents)}
    return Tally(CARE, len(levels) + len(percents), numbers)


@given(st.lists(LEVELS, min_size=1, max_size=8))
def test_pooled_rates_are_those_of_the_answers_laid_together(schools: list[list[int]]) -> None:
    together = [one for levels in schools if len(levels) >= FEWEST_SHOWN for one in levels]
    pool = Pool(CARE, [tally(levels) for levels in schools])
    found = {one.code: one for one in pool.items()}
    overall = overall_rate(pool.tallies)
    if not together:
        assert "Q23" not in found
        assert overall is None
        return
    satisfied = sum(level >= 4 for level in together)
    assert overall is not None
    assert overall.percent == float(100 * Fraction(satisfied, len(together)))
    assert overall.mean == float(Fraction(sum(together), len(together)))
    assert found["Q23"].rate == overall
    assert found["Q23"].schools == sum(len(levels) >= FEWEST_SHOWN for levels in schools)


@given(st.lists(LEVELS, min_size=2, max_size=6), LEVELS.filter(lambda x: len(x) < FEWEST_SHOWN))
def test_a_total_tells_nothing_of_a_school_that_is_too_small(
    schools: list[list[int]], small: list[int]
) -> None:
    tallies = [tally(levels) for levels in schools]
    with_it, without = Pool(CARE, [*tallies, tally(small)]), Pool(CARE, tallies)
    assert list(with_it.items()) == list(without.items())
    assert list(with_it.groups()) == list(without.groups())


@given(st.lists(st.integers(0, 5000), min_size=5, max_size=5).filter(sum))
def test_any_published_distribution_gives_its_rate_and_mean_exactly(counts: list[int]) -> None:
    one, two, three, four, five = counts
    numbers = {("Q23", str(level)): n for level, n in enumerate(counts, 1)}
    figure = item_figure(Tally(CARE, sum(counts), numbers), ITEMS["Q23"])
    assert figure.rate == show_rate(Scale((one, two, three, four, five)))
    assert figure.rate is not None
    assert figure.rate.percent == float(Fraction(100 * (four + five), sum(counts)))
    weighted = one + 2 * two + 3 * three + 4 * four + 5 * five
    assert figure.rate.mean == float(Fraction(weighted, sum(counts)))


@given(st.lists(st.lists(st.integers(0, 100), min_size=5, max_size=30), min_size=1, max_size=5))
def test_the_share_of_expectation_is_pooled_too(schools: list[list[int]]) -> None:
    pool = Pool(CARE, [tally([], percents) for percents in schools])
    together = [one for percents in schools for one in percents]
    assert pool.expectation() == float(Fraction(sum(together), len(together)))


def test_means_of_percentages_are_not_the_pooled_rate() -> None:
    pool = Pool(CARE, [tally([5] * 90 + [1] * 10), tally([1] * 10)])
    overall = overall_rate(pool.tallies)
    assert overall is not None
    assert overall.percent == pytest.approx(100 * 90 / 110)


def test_equal_rates_share_a_place() -> None:
    assert places({"a": 90.0, "b": 95.0, "c": 90.0, "d": 80.0}) == {"a": 2, "b": 1, "c": 2, "d": 4}


def test_a_change_has_newcombe_s_interval() -> None:
    # Newcombe 1998, table II, example (a): 56/70 against 48/80 gives 0.2000 (0.0524, 0.3339).
    change = rate_change("F", Scale((32, 0, 0, 48, 0)), Scale((14, 0, 0, 56, 0)))
    assert change is not None
    assert change.points == pytest.approx(20)
    assert change.low == pytest.approx(5.24, abs=0.01)
    assert change.high == pytest.approx(33.39, abs=0.01)
    assert rate_change("F", Scale(), Scale((0, 0, 0, 0, 9))) is None
