from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from contracts.answers import check
from gateway.pages.sheet import read_sheet, shown_groups
from tests.support.surveys import CARE, TTHC

CODES = [item.code for _, item in TTHC.placed_items()] + ["P", "submission_id"]
NAMES = st.sampled_from([*CODES, "demand-kind", "demand-what", "demand-when", "demand-head"])
VALUES = st.one_of(st.sampled_from(["", " ", "yes", "no", "1", "5", "9", "fee"]), st.text())


@given(st.dictionaries(NAMES | st.text(max_size=5), VALUES))
def test_whatever_is_posted_is_read(fields: dict[str, str]) -> None:
    sheet = read_sheet(TTHC, fields)
    assert set(sheet.answers) <= set(CODES) - {"submission_id"}
    assert all(str(value).strip() for value in sheet.answers.values())
    if sheet.demand is not None:
        assert sheet.answers.get("G", "yes") == "yes"
    check(TTHC, sheet.answers, demand=sheet.demand is not None)


def test_details_after_a_no_are_nobody_s() -> None:
    fields = {"G": "no", "demand-what": "đã gõ rồi lại thôi", "demand-head": "yes"}
    assert read_sheet(TTHC, fields).demand is None


def test_details_without_a_tick_count_as_told() -> None:
    sheet = read_sheet(TTHC, {"demand-what": "Thu quỹ", "demand-kind": "fee"})
    assert sheet.demand is not None
    assert (sheet.demand.kind, sheet.demand.concerns_head) == ("fee", False)


def test_a_yes_alone_is_a_report() -> None:
    sheet = read_sheet(CARE, {"Q27": "yes", "demand-kind": "bogus"})
    assert sheet.demand is not None
    assert sheet.demand.kind == "other"


def test_only_a_random_id_is_taken() -> None:
    good = uuid4()
    assert read_sheet(TTHC, {"submission_id": str(good)}).submission_id == good
    for bad in ("", "x", "6fa459ea-ee8a-11e9-81b4-2a2ae2dbcce4"):
        assert read_sheet(TTHC, {"submission_id": bad}).submission_id is None


def test_the_filter_leaves_what_concerns_everybody() -> None:
    left = [group.code for group in shown_groups(TTHC, {"P": "no"})]
    assert left == [group.code for group in TTHC.groups if not group.filtered]
    assert len(shown_groups(TTHC, {"P": "yes"})) == len(TTHC.groups)
    assert len(shown_groups(CARE, {})) == len(CARE.groups)
