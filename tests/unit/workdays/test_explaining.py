from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workdays import Calendar, DayOfMonth, Step, in_working_days, sentence
from workdays.explaining import sentences

CALENDAR = Calendar()


def test_a_moved_deadline_reads_as_a_person_would_say_it() -> None:
    rule = DayOfMonth("default", 1, "", day=16)
    steps = rule.after(CALENDAR, date(2026, 2, 14)).steps
    told = [sentence(step, "vi") for step in steps]
    assert told[0] == "Số liệu chốt đến hết ngày 14/02/2026."
    assert told[1] == "Quy định: gửi chậm nhất ngày 16/02/2026."
    assert told[2].startswith("Ngày 16/02/2026 là ngày nghỉ lễ, tết (Giao thừa Tết Nguyên Đán)")
    assert sentence(steps[0], "en") == "Figures are cut off at the end of 14/02/2026."


@given(st.dates(date(2023, 1, 1), date(2028, 12, 31)), st.integers(1, 28), st.booleans())
def test_every_step_has_its_sentence(cut_off: date, day: int, strict: bool) -> None:
    by = DayOfMonth("x", 1, "", day, strict=strict).after(CALENDAR, cut_off)
    before = DayOfMonth("x", 1, "", day, "before", strict=strict).after(CALENDAR, cut_off)
    counted = in_working_days(CALENDAR, cut_off, day, rule="x", version=1, legal_basis="")
    for step in (*by.steps, *before.steps, *counted.steps):
        assert "{" not in sentence(step, "vi") + sentence(step, "en")


def test_both_languages_say_the_same() -> None:
    for key, words in sentences().items():
        assert set(words) == {"vi", "en"}
        code, _, why = key.partition(":")
        params = dict.fromkeys(("on", "until", "earliest"), "2026-01-02")
        params |= dict.fromkeys(("vi", "en", "legal_basis", "working_days", "days", "reason"), "x")
        step = Step(code, params | ({"why": why} if why else {}))
        told = (sentence(step, "vi"), sentence(step, "en"))
        assert all("{" not in one for one in told)
        assert all(("02/01/2026" in one) == ("{on}" in words["vi"]) for one in told)
