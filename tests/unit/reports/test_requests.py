"""What a right answer to a request is, its deadline, its sums."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.problems import Problem
from contracts.rpc.requests import AnswerRequest, NewRequest, RequestField
from reports.domain.requests import check_values, deadline_of, totals
from workdays import Calendar

FIELDS = (
    RequestField(code="c1", label="Số trẻ nghỉ ốm", kind="number"),
    RequestField(code="c2", label="Ghi chú", kind="text", required=False),
)
NAMES = {field.code: field.label for field in FIELDS}
BODY: dict[str, Any] = {
    "title": "Số trẻ nghỉ ốm",
    "legal_basis": "Công văn số 12/PGDĐT (mẫu)",
    "due_on": "2024-03-16",
    "fields": [field.model_dump() for field in FIELDS],
    "schools": ["hoa-cuc-mau"],
}


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"c1": 3}, []),
        ({"c1": 0.5, "c2": "không"}, []),
        ({}, [("c1", "missing")]),
        ({"c1": "ba"}, [("c1", "no_number")]),
        ({"c1": "", "c2": 4}, [("c1", "missing"), ("c2", "no_text")]),
        ({"c1": 1, "c9": 1}, [("c9", "unknown_field")]),
    ],
)
def test_each_fault_of_an_answer_is_named(values: Any, faults: list[tuple[str, str]]) -> None:
    if not faults:
        check_values(FIELDS, values)
        return
    with pytest.raises(Problem) as refused:
        check_values(FIELDS, values)
    assert refused.value.code == "reports.answer_invalid"
    assert [(e["field"], e["code"]) for e in refused.value.params["errors"]] == faults
    assert refused.value.params["fields"] == ", ".join(f"“{NAMES.get(c, c)}”" for c, _ in faults)


def test_sums_are_exact_and_skip_who_left_it_out() -> None:
    (told,) = totals(FIELDS, [{"c1": 0.1}, {"c1": 0.2}, {"c1": 0.7}, {"c2": "x"}])
    assert (told.code, told.answers, told.total) == ("c1", 3, 1)
    assert isinstance(told.total, int)


@pytest.mark.parametrize(("wording", "day"), [("by", 18), ("before", 15)])
def test_a_deadline_on_a_weekend_moves_as_its_wording_says(wording: Any, day: int) -> None:
    due = deadline_of(Calendar(), date(2024, 3, 16), wording, "Công văn số 12")
    assert due.due_on == date(2024, 3, day)
    assert due.steps[0].code == f"named_{wording}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"fields": []},
        {"fields": [BODY["fields"][0], BODY["fields"][0]]},
        {"fields": [{"code": "1", "label": "x", "kind": "number"}]},
        {"fields": [{"code": "c1", "label": " ", "kind": "number"}]},
        {"schools": []},
        {"title": "  "},
        {"due_on": "2024-02-30"},
    ],
)
def test_a_request_that_asks_nothing_right_is_refused(wrong: dict[str, Any]) -> None:
    NewRequest.model_validate(BODY)
    with pytest.raises(ValidationError):
        NewRequest.model_validate(BODY | wrong)


@pytest.mark.parametrize("value", [True, 10**16, float("inf"), None, ["x"], "x\x00"])
def test_a_value_is_a_figure_or_text(value: object) -> None:
    asked = {"request_id": "9bc1cf18-f169-5efd-890f-b9587dee2e84", "school": "a"}
    AnswerRequest.model_validate(asked | {"values": {"c1": 1, "c2": 1.5, "c3": "x"}})
    with pytest.raises(ValidationError):
        AnswerRequest.model_validate(asked | {"values": {"c1": value}})
