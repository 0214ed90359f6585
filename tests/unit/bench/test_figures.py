import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.figures import Spread, percentile, ratio, spread


def test_percentiles_are_values_that_were_measured() -> None:
    hundred = [float(value) for value in range(100, 0, -1)]
    assert [percentile(hundred, p) for p in (0, 50, 95, 99, 100)] == [1, 50, 95, 99, 100]
    assert percentile([7.0], 99) == 7.0
    assert percentile([1.0, 2.0], 51) == 2.0


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 100))
def test_as_many_as_said_do_not_exceed_a_percentile(values: list[float], percent: float) -> None:
    found = percentile(values, percent)
    below = sum(value <= found for value in values)
    assert below >= len(values) * percent / 100 - 1e-6
    assert found in values


def test_a_spread_is_of_what_was_measured() -> None:
    assert spread([3.0, None, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert spread([None]) is None
    assert spread([]) is None


def test_a_spread_reads_short() -> None:
    assert str(Spread(880.4, 850.2, 1310.0)) == "880 (850-1,310)"
    assert str(Spread(6.04, 6.04, 6.04)) == "6.0"


def test_a_ratio_is_of_medians_and_needs_both() -> None:
    ours, theirs = Spread(900.0, 1.0, 9999.0), Spread(1000.0, 1.0, 9999.0)
    assert ratio(ours, theirs) == pytest.approx(0.9)
    assert ratio(ours, None) is None
    assert ratio(ours, Spread(0.0, 0.0, 0.0)) is None
