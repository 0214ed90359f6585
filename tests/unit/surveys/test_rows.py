"""Rows that are nobody's sheet: five alike or more, five others or none, columns that add up."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.breaking_down import Cuts
from surveys.domain.disclosure import FEWEST_SHOWN
from surveys.domain.rows import column_rest, linked_items, row_items, sheet_of, spared
from surveys.domain.tally import Tally
from tests.support.surveys import CARE

SHEETS = st.lists(
    st.fixed_dictionaries(
        {
            "Q1": st.sampled_from([4, 5]),
            "Q23": st.sampled_from([5, "no_opinion"]),
            "Q24": st.just(90),
        }
    ),
    min_size=5,
    max_size=60,
)
CUTS = Cuts({}, frozenset({"Q1", "Q23", "Q24"}))


def tally_of(sheets: list[dict[str, int | str]]) -> Tally:
    numbers = Counter((code, str(answer)) for one in sheets for code, answer in one.items())
    return Tally(CARE, len(sheets), numbers)


@given(SHEETS)
def test_whole_sheets_are_shared_and_columns_add_up(sheets: list[dict[str, int | str]]) -> None:
    tally = tally_of(sheets)
    linked = linked_items(tally, CUTS)
    alike = Counter(sheet_of(linked, one) for one in sheets)
    whole = spared(alike, len(sheets))
    others = len(sheets) - sum(one.number for one in whole)
    assert all(one.number >= FEWEST_SHOWN for one in whole)
    assert others == 0 or others >= FEWEST_SHOWN
    for item in row_items(tally):
        rest = Counter({one.answer: one.number for one in column_rest(tally, item, linked, whole)})
        if item in linked:
            place = linked.index(item)
            assert rest.total() == others
            for one in whole:
                rest[one.answers[place]] += one.number
        assert rest.total() == len(sheets)
        for answer, number in rest.items():
            assert answer == "" or number == tally.number(item.code, answer)


def test_a_percentage_and_what_a_breakdown_keeps_back_stand_alone() -> None:
    tally = tally_of([{"Q1": 5, "Q23": 5, "Q24": 90}] * 9)
    assert [item.code for item in row_items(tally)] == ["Q1", "Q23", "Q24"]
    kept_back = Cuts({}, frozenset({"Q1", "Q24"}))
    assert [item.code for item in linked_items(tally, kept_back)] == ["Q1"]


def test_one_who_differs_is_not_told_from_the_rest() -> None:
    assert spared({("5",): 40, ("4",): 6}, 47)[0].number == 40
    assert len(spared({("5",): 40, ("4",): 6}, 47)) == 1, "the six join the one"
    assert spared({("5",): 40}, 41) == []
