"""Reference to a legal reporting period, as messages carry it."""

from datetime import date
from typing import Literal

from contracts.model import Model

PeriodKind = Literal["month", "quarter", "first_half", "second_half", "nine_months", "year", "none"]


class PeriodRef(Model):
    """A reporting period and its window, both ends included (Decree 09/2019/NĐ-CP, art. 12).

    `index` is 1–12 for months, 1–4 for quarters, 0 otherwise.
    """

    kind: PeriodKind
    year: int
    index: int = 0
    starts_on: date
    ends_on: date

    @property
    def key(self) -> str:
        """A short stable name: "2024-q1", "2024-m03", "2024-h1", "2024"."""
        suffix = {
            "month": f"-m{self.index:02}",
            "quarter": f"-q{self.index}",
            "first_half": "-h1",
            "second_half": "-h2",
            "nine_months": "-9m",
            "year": "",
            "none": f"-{self.starts_on:%m%d}",
        }[self.kind]
        return f"{self.year}{suffix}"
