"""Vietnam's public holidays with the days given for those on a weekend (Labour Code 2019)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays

LEGAL_BASIS = "Bộ luật Lao động số 45/2019/QH14, Điều 111 khoản 3, Điều 112"


@dataclass(frozen=True)
class Name:
    """What a holiday is called."""

    vi: str
    en: str


@cache
def of_year(year: int) -> Mapping[date, Name]:
    """Return the public holidays of a year; computed once per year and process."""
    vietnamese = holidays.country_holidays("VN", years=year, language="vi", expand=False)
    english = holidays.country_holidays("VN", years=year, language="en_US", expand=False)
    return MappingProxyType(
        {day: Name(vi=name, en=english[day]) for day, name in vietnamese.items()}
    )
