"""Names of periods, the same on every page."""

from typing import Final

from dashboard.shapes.surveys import Period
from dashboard.visit import Visit

_ROMAN: Final = ("", "I", "II", "III", "IV")


def period_name(visit: Visit, period: Period) -> str:
    """A reporting period in words, with its window for one that has no name of its own."""
    index = period["index"]
    return visit.words(
        f"period.{period['kind']}",
        year=period["year"],
        month=index,
        roman=_ROMAN[index] if index < len(_ROMAN) else index,
        starts=visit.formats.day(period["starts_on"]),
        ends=visit.formats.day(period["ends_on"]),
    )


def period_key(period: Period) -> str:
    """The short stable name by which the gateway takes a period: "2024-q1"."""
    suffix = {
        "month": f"-m{period['index']:02}",
        "quarter": f"-q{period['index']}",
        "first_half": "-h1",
        "second_half": "-h2",
        "nine_months": "-9m",
        "year": "",
    }
    day = period["starts_on"][5:].replace("-", "")
    return f"{period['year']}{suffix.get(period['kind'], f'-{day}')}"
