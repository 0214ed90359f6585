"""Rates, intervals and verdicts against formulas of another kind."""

from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.statistics import Scale, conclusive, verdict, wilson

numbers = st.integers(min_value=0, max_value=3000)
scales = st.builds(Scale, st.tuples(numbers, numbers, numbers, numbers, numbers))
Z = Decimal("1.959963984540054235524594430520551527955550")


def score(p: Decimal, satisfied: int, valid: int) -> Decimal:
    """|p̂ − p| against z standard errors under p: ≤ 0 inside the interval."""
    share = Decimal(satisfied) / Decimal(valid)
    return abs(share - p) - Z * (p * (1 - p) / Decimal(valid)).sqrt()


def bisect(inside: Decimal, outside: Decimal, satisfied: int, valid: int) -> Decimal:
    """The root of the score equation between a point inside and one outside."""
    for _ in range(80):
        middle = (inside + outside) / 2
        if score(middle, satisfied, valid) <= 0:
            inside = middle
        else:
            outside = middle
    return inside


def independent_wilson(satisfied: int, valid: int) -> tuple[Decimal, Decimal]:
    getcontext().prec = 40
    share = Decimal(satisfied) / Decimal(valid)
    return (
        bisect(share, Decimal(0), satisfied, valid),
        bisect(share, Decimal(1), satisfied, valid),
    )


@given(st.lists(st.lists(st.integers(1, 5), max_size=30), max_size=8))
def test_pooling_equals_the_concatenated_answers(schools: list[list[int]]) -> None:
    def scale(levels: list[int]) -> Scale:
        one, two, three, four, five = (levels.count(level) for level in (1, 2, 3, 4, 5))
        return Scale((one, two, three, four, five))

    together = [level for levels in schools for level in levels]
    pooled = Scale.pooled(map(scale, schools))
    assert pooled == scale(together)
    if together:
        satisfied = [level for level in together if level >= 4]
        assert pooled.rate == Fraction(len(satisfied), len(together))
        assert pooled.mean == Fraction(sum(together), len(together))


@given(st.integers(1, 5000), st.data())
def test_wilson_agrees_with_the_score_equation(valid: int, data: st.DataObject) -> None:
    satisfied = data.draw(st.integers(0, valid))
    interval = wilson(satisfied, valid)
    assert interval is not None
    low, high = independent_wilson(satisfied, valid)
    assert interval[0] == pytest.approx(float(low), abs=1e-9)
    assert interval[1] == pytest.approx(float(high), abs=1e-9)
    assert 0 <= interval[0] <= satisfied / valid <= interval[1] <= 1


@given(scales, st.integers(1, 99))
def test_conclusive_when_the_interval_leaves_the_target_on_one_side(
    scale: Scale, target: int
) -> None:
    if not scale.valid:
        assert not conclusive(scale, target)
        return
    low, high = independent_wilson(scale.satisfied, scale.valid)
    crosses = low <= Decimal(target) / 100 <= high
    assert conclusive(scale, target) == (not crosses)


@given(scales, st.integers(1, 100))
def test_verdict_follows_the_unrounded_rate(scale: Scale, target: int) -> None:
    expected = "met" if 100 * scale.satisfied >= target * scale.valid else "not_met"
    assert verdict(scale, target) == (expected if scale.valid else "no_answers")


def test_just_below_is_below() -> None:
    assert Scale((0, 0, 126, 1000, 1374)).rate == Fraction("0.9496")
    assert verdict(Scale((0, 0, 126, 1000, 1374)), 95) == "not_met"
    assert verdict(Scale((0, 0, 125, 1000, 1375)), 95) == "met"
    # 94.996 % would be 95.00 % on paper
    assert verdict(Scale((0, 0, 1251, 20000, 3749)), 95) == "not_met"


def test_a_small_school_meets_the_target_without_proof() -> None:
    small = Scale((0, 0, 0, 10, 9))
    assert verdict(small, 95) == "met"
    assert not conclusive(small, 95)


def test_known_interval() -> None:
    # Wilson 1927 for 45 of 50: 78.6 % to 95.7 %
    low, high = wilson(45, 50) or (0, 0)
    assert (round(low, 3), round(high, 3)) == (0.786, 0.957)


def test_nothing_valid_has_no_figures() -> None:
    nothing = Scale()
    assert (nothing.rate, nothing.mean, nothing.very_satisfied_share) == (None, None, None)
    assert wilson(0, 0) is None
