"""When a school's quarterly campaign takes answers, by rule, quarter, school year and calendar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from contracts.events.surveys import FormLength
from contracts.periods import PeriodRef
from workdays import Calendar, windows

# A quarter's campaigns can be seen so long before it begins, and their handed-out forms entered.
AHEAD: Final = timedelta(days=30)


@dataclass(frozen=True)
class CampaignRule:
    """How campaigns are made from `valid_from` on: a row, with the document it rests on.

    The school year runs from `term_begins` to `term_ends` of the next calendar year, each a
    (month, day); outside of it is the summer break.
    """

    valid_from: date
    legal_basis: str
    target_percent: int
    field_working_days: int
    term_begins: tuple[int, int]
    term_ends: tuple[int, int]
    care_length: FormLength = "whole"

    def terms(self, first: date, last: date) -> list[tuple[date, date]]:
        """Return the parts of first … last that lie in a school year, in order."""
        found = []
        for year in range(first.year - 1, last.year + 1):
            begins = max(first, date(year, *self.term_begins))
            ends = min(last, date(year + 1, *self.term_ends))
            if begins <= ends:
                found.append((begins, ends))
        return found


def rule_on(rules: Sequence[CampaignRule], day: date) -> CampaignRule | None:
    """Return the rule that is in force on a day, None before the first."""
    in_force = [rule for rule in rules if rule.valid_from <= day]
    return max(in_force, key=lambda rule: rule.valid_from, default=None)


def field_time(
    period: PeriodRef, rule: CampaignRule, calendar: Calendar
) -> tuple[date, date] | None:
    """Return the first and the last day that take answers, or None: all of it is summer break.

    The last day is the period's cut-off, or the end of the school year where that comes first
    (Decree 09/2019/NĐ-CP, art. 12 gives the cut-off). The first day lies so many working days
    back that the last ones count in, but not before the period or the term begins.
    """
    terms = rule.terms(period.starts_on, period.ends_on)
    if not terms:
        return None
    earliest, last = terms[-1]
    return max(earliest, calendar.back(last, rule.field_working_days)), last


@dataclass(frozen=True)
class Plan:
    """What the calendar wants of one quarter at one school, for each of its forms."""

    period: PeriodRef
    opens_on: date
    closes_on: date
    target_percent: int
    legal_basis: str
    care_length: FormLength = "whole"


def quarterly(
    known_from: date,
    closed_on: date | None,
    today: date,
    rules: Sequence[CampaignRule],
    calendar: Calendar,
) -> Iterator[Plan]:
    """Yield the plans of a school: every quarter since it is known, the coming one included.

    A quarter whose field time was over before the school was known is left out, as is one that
    ends after the school does.
    """
    for year in range(known_from.year, today.year + 2):
        for window in windows("quarter", year):
            rule = rule_on(rules, window.ends_on)
            if rule is None or window.starts_on > today + AHEAD:
                continue
            period = PeriodRef.model_validate(vars(window))
            days = field_time(period, rule, calendar)
            if days is None or days[1] < known_from or (closed_on and days[1] > closed_on):
                continue
            yield Plan(
                period=period,
                opens_on=max(days[0], known_from),
                closes_on=days[1],
                target_percent=rule.target_percent,
                legal_basis=rule.legal_basis,
                care_length=rule.care_length,
            )
