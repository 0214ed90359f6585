"""A filled-in sheet: read to the last cell, or refused with every fault by row and column."""

import pytest

from contracts.problems import Problem
from surveys.domain.slips import read_slips
from tests.support.surveys import CARE, TTHC

HEADING = ["LOP Lớp", "P Có làm thủ tục?", "A1", "A4.", "B4", "F Hài lòng chung", "G", "H"]
CLASSES = ("3A", "Lá 2")


def refused(*rows: list[str]) -> Problem:
    with pytest.raises(Problem) as problem:
        read_slips(TTHC, CLASSES, rows)
    return problem.value


def faults(*rows: list[str]) -> list[tuple[int, str, str]]:
    problem = refused(HEADING, *rows)
    assert problem.code == "surveys.rows_invalid"
    assert problem.params["count"] == len(problem.params["errors"])
    return [(e["row"], e["column"], e["code"]) for e in problem.params["errors"]]


def test_a_sheet_is_read_row_by_row() -> None:
    slips = read_slips(
        TTHC,
        CLASSES,
        [
            HEADING,
            ["3A", "Có", "5", "kad", "không", "4.0", "", " Ghế  ngồi "],
            ["", "", "", "", "", "", "", ""],
            ["Lá 2", "k", "", "", "", "", "c"],
            ["", "x", "KYK", "Không áp dụng", "K", "5"],
        ],
    )
    assert [slip.class_code for slip in slips] == ["3A", "Lá 2", None]
    assert slips[0].answers == {
        "P": "yes",
        "A1": 5,
        "A4": "not_applicable",
        "B4": "no",
        "F": 4,
        "H": "Ghế  ngồi",
    }
    assert slips[1].answers == {"P": "no", "G": "yes"}
    assert slips[2].answers["A1"] == "no_opinion"
    assert len({slip.submission_id for slip in slips}) == 3


def test_what_was_demanded_comes_along() -> None:
    heading = ["P", "F", "YC_LOAI", "YC_GI", "YC_KHI", "YC_HT"]
    row = ["không", "", "Khoản thu", "Thu quỹ lớp", "tháng 2", "có"]
    (slip,) = read_slips(TTHC, (), [heading, row])
    assert slip.demand is not None
    assert (slip.demand.kind, slip.demand.what) == ("fee", "Thu quỹ lớp")
    assert (slip.demand.when, slip.demand.concerns_head) == ("tháng 2", True)
    assert slip.answers["G"] == "yes"


def test_each_fault_is_named_by_row_column_and_reason() -> None:
    assert faults(
        ["3A", "có", "6", "", "", "5"],
        ["9Z", "", "", "", "", "4"],
        ["", "không", "3", "", "có lẽ", ""],
        ["", "có", "", "", "", "", "không", "x" * 2001],
    ) == [
        (2, "A1", "wrong_value"),
        (3, "LOP", "unknown_class"),
        (3, "F", "skipped"),
        (3, "P", "required"),
        (4, "B4", "wrong_value"),
        (4, "A1", "skipped"),
        (5, "H", "too_long"),
    ]


def test_rows_keep_their_numbers_past_blank_ones() -> None:
    assert faults(["", "", ""], ["", "có", "0"]) == [(3, "A1", "wrong_value")]


def test_a_cell_that_has_no_heading_is_named() -> None:
    assert faults(["3A", "có", "5", "", "", "5", "", "", "", "quên cột"], [""] * 30 + ["x"]) == [
        (2, "J", "no_column"),
        (3, "AE", "no_column"),
    ]


def test_of_many_faults_a_hundred_are_told() -> None:
    problem = refused(HEADING, *([["3A", "có", "9"]] * 250))
    assert (problem.params["count"], len(problem.params["errors"])) == (250, 100)


def test_a_demand_that_contradicts_is_refused() -> None:
    heading = ["P", "F", "G", "YC_GI", "YC_LOAI"]
    problem = refused(heading, ["không", "", "không", "Thu quỹ", "gì đó"])
    told = [(e["column"], e["code"]) for e in problem.params["errors"]]
    assert told == [("YC_LOAI", "wrong_value")]
    problem = refused(heading, ["không", "", "không", "Thu quỹ", "khác"])
    assert [(e["column"], e["code"]) for e in problem.params["errors"]] == [("G", "contradicts")]


def test_a_heading_off_the_template_is_refused_with_its_columns() -> None:
    problem = refused(["P", "A1", "A1", "Họ tên", "SĐT"], ["có", "5", "5", "x", "y"])
    assert problem.code == "surveys.sheet_columns"
    assert problem.params == {"unknown": ["Họ", "SĐT"], "missing": ["F"], "doubled": ["A1"]}


@pytest.mark.parametrize("rows", [[], [HEADING], [HEADING, ["", " "]]])
def test_a_sheet_without_slips_is_refused(rows: list[list[str]]) -> None:
    assert refused(*rows).code == "surveys.no_rows"


def test_too_many_rows_are_refused() -> None:
    rows = [["P", "F"], *([["có", "5"]] * 10_001)]
    assert refused(*rows).params == {"limit": 10_000}


def test_a_form_without_filter_takes_percentages() -> None:
    (slip,) = read_slips(CARE, (), [["Q23", "Q24"], ["5", "95 %"]])
    assert slip.answers == {"Q23": 5, "Q24": 95}
