"""Working days of Vietnam, legal reporting periods, and deadlines that explain themselves."""

from workdays.calendar import Calendar, DayOff
from workdays.deadlines import DayOfMonth, Deadline, Step, in_working_days, on_day
from workdays.explaining import sentence
from workdays.overrides import Override, shipped
from workdays.periods import Period, containing, indices, window, windows
from workdays.spans import Span, added, counted, why_window

__all__ = [
    "Calendar",
    "DayOfMonth",
    "DayOff",
    "Deadline",
    "Override",
    "Period",
    "Span",
    "Step",
    "added",
    "containing",
    "counted",
    "in_working_days",
    "indices",
    "on_day",
    "sentence",
    "shipped",
    "why_window",
    "window",
    "windows",
]
