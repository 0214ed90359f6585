"""What every matter with a due date has: its place, its term, and its chain of events."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from contracts.events.inspections import HandledAt
from workdays import Calendar


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Something that has to happen by `due_on`: `working_days` working days after `due_from`.

    The clock runs while `state` is `waiting`. `correlation_id` and `last_event_id` continue the
    chain of events that it belongs to; `version` grows with every event that tells its state.
    """

    waiting: ClassVar[str]

    id: UUID
    school: str
    handled_at: HandledAt
    state: str
    due_from: date
    working_days: int
    due_on: date
    correlation_id: UUID
    last_event_id: UUID | None
    version: int

    @property
    def waits(self) -> bool:
        """Whether the clock runs."""
        return self.state == self.waiting

    def lapsed(self, today: date) -> bool:
        """Whether its day is over and it still waits."""
        return self.waits and self.due_on < today

    def follow(self, calendar: Calendar) -> Self:
        """Return it with the due date of a changed calendar; itself when nothing moved."""
        due_on = calendar.add(self.due_from, self.working_days)
        if not self.waits or due_on == self.due_on:
            return self
        return replace(self, due_on=due_on, version=self.version + 1)


def days_left(calendar: Calendar, today: date, due_on: date) -> int:
    """Return the working days until `due_on`: 0 on the day itself, negative when it is over."""
    return calendar.count(today, due_on)
