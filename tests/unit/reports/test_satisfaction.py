import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.domain.satisfaction import Counts, pooled
from reports.domain.timeliness import standing, timeliness

COUNTS = st.integers(0, 500).flatmap(
    lambda valid: st.integers(0, valid).flatmap(
        lambda satisfied: st.builds(
            Counts, st.just(valid), st.just(satisfied), st.integers(0, satisfied)
        )
    )
)


@given(COUNTS)
def test_the_interval_holds_the_rate(counts: Counts) -> None:
    if counts.wilson is None:
        assert counts.percent is None
        return
    low, high = counts.wilson
    assert counts.percent is not None
    assert 0 <= low <= counts.percent + 1e-9
    assert counts.percent - 1e-9 <= high <= 100


def test_a_known_interval() -> None:
    # 114 of 120, as computed by hand: centre (0.95 + z²/240) / (1 + z²/120).
    assert Counts(120, 114, 54).wilson == pytest.approx((89.52, 97.69), abs=0.01)


@given(st.lists(COUNTS, max_size=8))
def test_pooling_adds_counts(groups: list[Counts]) -> None:
    whole = pooled(groups)
    assert whole.valid == sum(one.valid for one in groups)
    assert 0 <= whole.very_satisfied <= whole.satisfied <= whole.valid


def test_pooling_is_not_averaging() -> None:
    assert pooled([Counts(10, 10, 0), Counts(90, 45, 0)]).percent == 55.0


def test_the_first_submission_decides_how_an_obligation_stands() -> None:
    assert standing("returned", 0) == "on_time"
    assert standing("received", 2) == "late"
    assert standing("overdue", None) == "overdue"
    assert standing("due_soon", None) == "open"
    assert standing("exempt", None) == "exempt"


def test_the_share_counts_what_was_due() -> None:
    shown = timeliness({"on_time": 2, "late": 1, "overdue": 1, "open": 9, "exempt": 1})
    assert shown.on_time_percent == 50.0
    assert timeliness({"open": 3}).on_time_percent is None
