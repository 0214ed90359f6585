"""Results become findings; what can't be is refused with every error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.events.inspections import Severity
from contracts.problems import Problem
from contracts.rpc.duty import ChecklistItem
from contracts.rpc.inspections import CheckedItem
from inspections.domain.checklist import judge_results
from tests.support.inspections import CHECKLIST, results


def test_the_checklist_is_the_districts() -> None:
    assert [item.code for item in CHECKLIST.items] == [f"K{n}" for n in range(1, 17)]
    assert len(CHECKLIST.remedy_kinds) == 7
    assert all(item.words.vi and item.words.en for item in CHECKLIST.items)


def test_all_met_finds_nothing() -> None:
    assert judge_results(CHECKLIST, results()) == []


@given(st.sampled_from(CHECKLIST.items), st.sampled_from((None, 1, 2, 3, 4)), st.booleans())
def test_a_severity_may_be_raised_never_lowered(
    item: ChecklistItem, severity: Severity | None, arbitrary: bool
) -> None:
    code = item.code
    one = CheckedItem(item=code, met=False, severity=severity, arbitrary_demand=arbitrary)
    least = 4 if arbitrary else CHECKLIST.item(code).severity
    if severity is not None and severity < least:
        with pytest.raises(Problem) as refused:
            judge_results(CHECKLIST, [one])
        assert refused.value.params == {"errors": [{"item": code, "code": "severity_too_low"}]}
        return
    (unmet,) = judge_results(CHECKLIST, results(one))
    assert (unmet.item, unmet.severity) == (code, severity or least)
    assert unmet.kind == ("arbitrary_demand" if arbitrary else "unmet_item")


def test_every_error_is_named() -> None:
    with pytest.raises(Problem) as refused:
        judge_results(
            CHECKLIST,
            [
                CheckedItem(item="K99", met=True),
                CheckedItem(item="K1", met=True),
                CheckedItem(item="K1", met=False),
                CheckedItem(item="K2", met=True, severity=2),
            ],
        )
    assert refused.value.code == "inspections.checklist_invalid"
    assert [(e["item"], e["code"]) for e in refused.value.params["errors"]] == [
        ("K99", "unknown_item"),
        ("K1", "repeated_item"),
        ("K1", "repeated_item"),
        ("K2", "met_with_fault"),
    ]
