"""Signals of pressure: raised by numbers that are shown, silent where nothing may be told."""

from datetime import date, timedelta

from contracts.rpc.results import Signal
from contracts.rpc.rows import WholeSheet
from surveys.domain.breaking_down import Part
from surveys.domain.figure_rules import FigureRules
from surveys.domain.signals import signals
from surveys.domain.tally import Tally
from tests.support.surveys import CARE

RULES = FigureRules(
    minimum_sample=30, trend_periods=8, identical_percent=50, burst_percent=40, burst_days=5
)
DAYS = {date(2024, 3, 1) + timedelta(days=n): 20 for n in range(5)}
ALL_FIVES = WholeSheet(answers=("5",) * 6, number=60)


def part(name: str, satisfied: int, dissatisfied: int) -> Part:
    numbers = {("Q23", "5"): satisfied, ("Q23", "2"): dissatisfied}
    return Part(name, 0, Tally(CARE, satisfied + dissatisfied, numbers))


def found(
    whole: list[WholeSheet], days: dict[date, int], sources: list[Part], sheets: int = 100
) -> dict[str, Signal]:
    return {one.kind: one for one in signals(sheets, whole, days, sources, RULES)}


def test_sheets_that_are_all_alike_are_worth_a_look() -> None:
    seen = found([ALL_FIVES, WholeSheet(answers=("4",) * 6, number=20)], {}, [])["identical"]
    assert (seen.raised, seen.number, seen.total, seen.percent) == (True, 60, 100, 60)
    assert not found([ALL_FIVES], {}, [], sheets=121)["identical"].raised


def test_few_questions_alike_mean_nothing() -> None:
    filtered_out = WholeSheet(answers=("no", "", "", "", "", "", ""), number=90)
    assert found([filtered_out], {}, []) == {}


def test_a_day_with_most_of_the_answers_is_a_burst() -> None:
    assert not found([], DAYS, [])["burst"].raised
    burst = DAYS | {date(2024, 3, 4): 80}
    seen = found([], burst, [], sheets=160)["burst"]
    assert (seen.raised, seen.day, seen.percent) == (True, date(2024, 3, 4), 50)
    assert "burst" not in found([], dict(list(DAYS.items())[:3]), []), "a short campaign has none"


def test_paper_that_is_kinder_than_the_others_is_a_gap() -> None:
    seen = found([], {}, [part("paper", 60, 0), part("web", 60, 40)])["paper_gap"]
    assert seen.raised
    assert seen.points == 40
    assert not found([], {}, [part("paper", 19, 1), part("web", 93, 7)])["paper_gap"].raised
    assert found([], {}, [part("web", 60, 40)]) == {}


def test_nothing_is_said_of_four() -> None:
    assert found([ALL_FIVES], DAYS, [part("paper", 4, 0), part("web", 0, 4)], sheets=4) == {}
