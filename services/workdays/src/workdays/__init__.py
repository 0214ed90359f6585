"""Working days of Vietnam, legal reporting periods, and deadlines that explain themselves."""

from workdays.calendar import Calendar, DayOff
from workdays.deadlines import DayOfMonth, Deadline, Step, in_working_days
from workdays.explaining import sentence
from workdays.overrides import Override, shipped
from workdays.periods import Period, containing, indices, window, windows

__all__ = [
    "Calendar",
    "DayOfMonth",
    "DayOff",
    "Deadline",
    "Override",
    "Period",
    "Step",
    "containing",
    "in_working_days",
    "indices",
    "sentence",
    "shipped",
    "window",
    "windows",
]
