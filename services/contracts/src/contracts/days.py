"""Days as people and programs write them."""

import re
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator

_WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
# Every rule, school and deadline lies in here; what lies outside is a slip of the pen, and far
# outside no database driver can read it any more.
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099


def _day(value: object) -> object:
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        value = date.fromisoformat(value)
    if type(value) is not date:
        raise ValueError("a day is written yyyy-mm-dd")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a day lies between {FIRST_YEAR} and {LAST_YEAR}")
    return value


# A day that somebody asks for: "2024-03-21", no moment and no number.
Day = Annotated[date, BeforeValidator(_day)]
