"""Names of periods, the same on every page."""

from collections.abc import Iterable, Iterator
from typing import Final

from dashboard.shapes.surveys import Period
from dashboard.visit import Visit

_ROMAN: Final = ("", "I", "II", "III", "IV")
# Of the periods that come several times a year, how often.
_TIMES: Final = {"month": 12, "quarter": 4}


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
    day = period["starts_on"][5:].replace("-", "")
    suffix = _suffix(period["kind"], period["index"])
    return f"{period['year']}{f'-{day}' if suffix is None else suffix}"


def period_choices(visit: Visit, names: Iterable[str], year: int) -> dict[str, str]:
    """The periods of a kind of report in a year, key → words: "quarter" gives four."""
    return {
        f"{year}{_suffix(kind, index)}": visit.words(
            f"period.{kind}",
            year=year,
            month=index,
            roman=_ROMAN[index] if index < len(_ROMAN) else index,
        )
        for name in names
        for kind, index in _meant(name)
    }


def _meant(name: str) -> Iterator[tuple[str, int]]:
    """What a kind's file names: "quarter" all four, "quarter-3" one, "year" itself."""
    kind, _, only = name.partition("-")
    for index in [int(only)] if only else range(1, _TIMES.get(kind, 1) + 1):
        yield kind, index


def _suffix(kind: str, index: int) -> str | None:
    return {
        "month": f"-m{index:02}",
        "quarter": f"-q{index}",
        "first_half": "-h1",
        "second_half": "-h2",
        "nine_months": "-9m",
        "year": "",
    }.get(kind)
