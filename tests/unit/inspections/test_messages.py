"""What can't be stored or judged never gets past the messages."""

import pytest
from pydantic import ValidationError

from contracts.rpc.inspections import CompleteInspection, DismissInspection
from contracts.rpc.petitions import SubmitPetition
from contracts.rpc.trigger_rules import ChangeTriggerRule, Condition

ID = "0b2342f5-28d5-51fd-982a-84ea405b20db"


@pytest.mark.parametrize("reason", ["", "  \r\n ", "a\x00b", "x" * 9000])
def test_a_reason_says_something_that_can_be_stored(reason: str) -> None:
    with pytest.raises(ValidationError):
        DismissInspection.model_validate({"inspection_id": ID, "reason": reason})


@pytest.mark.parametrize(
    "results", [[], [{"item": "K1"}], [{"item": "K1", "met": False, "severity": 5}]]
)
def test_results_have_items_and_levels(results: object) -> None:
    with pytest.raises(ValidationError):
        CompleteInspection.model_validate({"inspection_id": ID, "results": results})


@pytest.mark.parametrize("code", ["", "Rule", "a\x00", "a" * 61])
def test_a_rules_code_is_plain(code: str) -> None:
    with pytest.raises(ValidationError):
        ChangeTriggerRule(code=code)


@pytest.mark.parametrize("value", [{"a": 1}, float("nan"), "a\x00b", [[1]], [0] * 51])
def test_a_condition_compares_plain_values(value: object) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate({"field": "form", "operator": "eq", "value": value})


@pytest.mark.parametrize("value", [True, 3, 0.5, "tthc", None, ["a", 1]])
def test_a_conditions_value_keeps_its_type(value: object) -> None:
    one = Condition.model_validate({"field": "form", "operator": "eq", "value": value})
    assert one.value == value
    assert type(one.value) is type(value)


@pytest.mark.parametrize("changed", [{"text": ""}, {"school": "Không"}, {"submission_id": "1"}])
def test_a_petition_needs_text_school_and_id(changed: dict[str, str]) -> None:
    given = {"submission_id": ID, "school": "hoa-cuc-mau", "text": "Phiếu hẹn"}
    with pytest.raises(ValidationError):
        SubmitPetition.model_validate(given | changed)
