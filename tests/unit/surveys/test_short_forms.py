"""The short form: eight items, and each group in its turn."""

from datetime import date

from contracts.answers import check
from surveys.domain.short_forms import SHORT, reduced, short_items, turn_of
from surveys.domain.tally import Tally
from tests.support.surveys import CARE, TTHC

QUARTERS = [date(2024, 3, 14), date(2024, 6, 14), date(2024, 9, 14), date(2024, 12, 14)]


def test_it_asks_eight_items_the_overall_ones_among_them() -> None:
    for day in QUARTERS:
        asked = short_items(CARE, turn_of(day))
        assert len(asked) == SHORT
        assert {"Q23", "Q24", "Q27"} <= set(asked)


def test_each_group_has_its_turn_before_one_comes_again() -> None:
    first = turn_of(QUARTERS[0])
    turns = [
        set(short_items(CARE, first + n)) - {"Q23", "Q24", "Q25", "Q26", "Q27"} for n in range(5)
    ]
    groups = {group.code: {item.code for item in group.items} for group in CARE.groups[:5]}
    assert sorted(map(sorted, turns)) == sorted(map(sorted, groups.values()))
    assert set().union(*turns) == {f"Q{n}" for n in range(1, 23)}
    assert short_items(CARE, first) == short_items(CARE, first + 5)


def test_quarters_follow_each_other_over_the_years() -> None:
    days = [*QUARTERS, date(2025, 3, 14)]
    assert [turn_of(day) - turn_of(days[0]) for day in days] == [0, 1, 2, 3, 4]


def test_a_group_of_four_leaves_room_for_what_to_improve() -> None:
    for turn in range(5):
        asked = set(short_items(CARE, turn))
        rotating = asked & {f"Q{n}" for n in range(1, 23)}
        assert (len(rotating), "Q26" in asked, "Q25" in asked) in {
            (5, False, False),
            (4, True, False),
        }


def test_a_long_group_takes_several_turns() -> None:
    items = tuple(item for group in TTHC.groups[:5] for item in group.items)
    long = TTHC.groups[0].model_copy(update={"items": items})
    form = TTHC.model_copy(update={"groups": (long, *TTHC.groups[5:])})
    turns = [short_items(form, turn) for turn in range(3)]
    assert all(len(asked) <= SHORT and {"F", "G"} <= set(asked) for asked in turns)
    assert set().union(*turns) >= {item.code for item in items}


def test_the_reduced_form_is_checked_and_counted_like_any_other() -> None:
    asked = short_items(CARE, 0)
    short = reduced(CARE, asked)
    assert [item.code for _, item in short.placed_items()] == list(asked)
    assert (short.kind, short.version, short.overall) == (CARE.kind, CARE.version, CARE.overall)
    left_out = next(item.code for _, item in CARE.scale_items() if item.code not in asked)
    assert check(short, {"Q23": 5, left_out: 4}).errors[0].code == "unknown_item"
    assert check(short, {"Q23": 5}).answers == {"Q23": 5}
    tally = Tally(short, 7, {("Q23", "5"): 7})
    assert tally.overall.satisfied == 7
    assert {counts.item for counts in tally.distribution()} <= set(asked)
