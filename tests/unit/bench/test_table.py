from dataclasses import replace

from tests.bench.measuring import Load, Rest
from tests.bench.table import load_table, rest_table, targets, wrongs

RUN = Load(
    clients=32,
    accepted=900.0,
    p50=30.0,
    p95=60.0,
    p99=80.0,
    chains=800.0,
    drain=0.5,
    crowd=0.2,
    wrong=(),
)
REST = Rest(accepted_p50=5.0, accepted_p95=8.0, chain_p50=20.0, chain_p95=99.0)


def test_a_line_holds_the_medians_and_the_spread_of_the_runs() -> None:
    runs = [RUN, replace(RUN, accepted=700.0), replace(RUN, accepted=1000.0)]
    last = load_table({"subject": {32: runs}}).splitlines()[-1]
    assert "900 (700-1,000)" in last
    assert last.startswith("| Kịp Thời | ")


def test_what_was_not_measured_is_a_dash() -> None:
    bare = replace(RUN, chains=None, drain=None)
    cells = load_table({"bare": {32: [bare]}}).splitlines()[-1].split("|")
    assert [cells[4].strip(), cells[8].strip()] == ["-", "-"]


def test_a_run_that_went_wrong_is_named_and_does_not_count() -> None:
    wrong = replace(RUN, accepted=5000.0, wrong=("500: 3", "accepted 10, stored 9"))
    loads = {"subject": {32: [RUN, wrong]}}
    assert "5,000" not in load_table(loads)
    assert wrongs(loads) == ["Kịp Thời, 32 clients: 500: 3; accepted 10, stored 9"]
    assert wrongs({"subject": {32: [RUN]}}) == []


def test_aims_are_met_by_ratios_of_medians() -> None:
    loads = {
        "subject": {32: [RUN], 128: [RUN]},
        "bare": {32: [replace(RUN, accepted=1001.0)]},
        "faststream": {32: [replace(RUN, chains=400.0)], 128: [replace(RUN, chains=500.0)]},
    }
    lines = targets(loads, {"subject": [REST]}).splitlines()[2:]
    assert [line.split("|")[-2].strip() for line in lines] == [
        "missed",
        "met",
        "met",
        "missed",
        "met",
    ]
    assert "0.90" in lines[0]


def test_no_aim_is_claimed_without_its_figures() -> None:
    assert targets({"bare": {32: [RUN]}}, {}) == ""


def test_columns_stand_under_each_other() -> None:
    lines = rest_table({"subject": [REST], "bare": [replace(REST, chain_p50=None)]}).splitlines()
    assert len({len(line) for line in lines}) == 1
