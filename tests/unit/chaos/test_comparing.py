"""The fault run's comparison can fail: each defect is counted, and none hides another."""

from collections import Counter

import pytest

from tests.chaos.comparing import Claim, broken, verdict

TOLD = Counter(("a", "b", "c"))


@pytest.mark.parametrize(
    ("held", "promised", "expected"),
    [
        ("abc", True, {}),
        ("abc", False, {}),
        ("ab", True, {"lost": 1}),
        ("ab", False, {"missing": 1}),
        ("abcc", False, {"doubled": 1}),
        ("abcc", True, {"doubled": 1}),
        ("abb", False, {"missing": 1, "doubled": 1}),  # as many as there should be
        ("abb", True, {"lost": 1, "doubled": 1}),
        ("abx", False, {"missing": 1, "doubled": 1}),  # something that nobody told
        ("", True, {"lost": 3}),
    ],
)
def test_each_defect_is_counted(held: str, promised: bool, expected: dict[str, int]) -> None:
    claim = Claim("letters", TOLD, Counter(held), promised=promised)
    assert verdict([claim]) == Counter(expected)
    assert bool(broken([claim])) == bool(expected)


def test_one_claim_does_not_make_up_for_another() -> None:
    short = Claim("first", TOLD, Counter("ab"))
    over = Claim("second", TOLD, Counter("abcc"))
    assert verdict([short, over]) == Counter(missing=1, doubled=1)
    assert broken([short, over]) == [
        "first: absent 1 (c ×1), too often 0",
        "second: absent 0, too often 1 (c ×1)",
    ]


def test_tallies_are_compared_by_how_much() -> None:
    claim = Claim("answers", Counter({"one": 30, "two": 20}), Counter({"one": 31, "two": 18}))
    assert verdict([claim]) == Counter(doubled=1, missing=2)
