"""A paper slip typed as one line of keys."""

from typing import Any, cast

import pytest

from dashboard.shapes.surveys import PublicForm
from dashboard.slip_line import WrongLineError, keyed_items, read_line
from tests.support.surveys import CARE, TTHC

PROCEDURES = cast("PublicForm", TTHC.model_dump(mode="json"))
CHILDREN = cast("PublicForm", CARE.model_dump(mode="json"))
SCALE_KEYS = len(keyed_items(PROCEDURES))


def wrong(line: str, form: Any = PROCEDURES) -> tuple[str, str]:
    with pytest.raises(WrongLineError) as refused:
        read_line(form, line)
    return refused.value.reason, refused.value.item


def line_of(form: PublicForm) -> str:
    keys = {"scale5": "4", "yes_no": "k", "percent": " 90 ", "text": ""}
    return "".join(keys[item["kind"]] for item, _ in keyed_items(form))


def test_a_line_answers_every_item_in_order() -> None:
    line = "c" + line_of(PROCEDURES)[1:]
    slip = read_line(PROCEDURES, line)
    assert list(slip.answers) == [item["code"] for item, _ in keyed_items(PROCEDURES)]
    assert slip.answers["F"] == "4"
    assert read_line(PROCEDURES, " ".join(line.upper())) == slip, "blanks and capitals are free"


def test_after_the_filter_no_what_it_skips_takes_no_key() -> None:
    asked = [item for item, skipped in keyed_items(PROCEDURES) if not skipped]
    slip = read_line(PROCEDURES, "k" * len(asked))
    assert slip.answers["P"] == "no"
    assert "F" not in slip.answers


def test_a_blank_is_no_answer_and_words_come_after_a_stroke() -> None:
    line = "c" + "-" * (SCALE_KEYS - 1)
    slip = read_line(PROCEDURES, f"{line} / Cần thêm ghế ngồi")
    assert slip.answers == {"P": "yes", "H": "Cần thêm ghế ngồi"}


def test_a_percentage_is_a_number() -> None:
    slip = read_line(CHILDREN, line_of(CHILDREN))
    assert slip.answers["Q24"] == "90"


def test_what_was_demanded_follows_the_open_items() -> None:
    asked = [item["code"] for item, skipped in keyed_items(PROCEDURES) if not skipped]
    keys = "".join("c" if code == PROCEDURES["demand"] else "k" for code in asked)
    slip = read_line(PROCEDURES, f"{keys} / / Thu quỹ lớp / tháng 2")
    assert slip.demand is not None
    assert (slip.demand["what"], slip.demand["when"]) == ("Thu quỹ lớp", "tháng 2")
    assert wrong(f"{keys} / / a / b / c") == ("texts", "")
    assert wrong(f"{'k' * len(asked)} / / Thu quỹ lớp") == ("texts", "")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("c", ("short", "A1")),
        ("x", ("key", "P")),
        ("c9", ("key", "A1")),
        ("ca", ("key", "A1")),
        ("c" + "4" * 60, ("key", "B4")),
        ("kkk", ("long", "")),
    ],
)
def test_what_can_t_be_read_is_named(line: str, reason: tuple[str, str]) -> None:
    assert wrong(line) == reason
