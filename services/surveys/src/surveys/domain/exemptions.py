"""Exemptions: campaigns of the calendar that a school is spared, with who, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.events.surveys import FormKind


@dataclass(frozen=True)
class Exemption:
    """One row. `form` None: of both forms. Lifted ones stay, to be seen."""

    id: UUID
    school: str
    form: FormKind | None
    starts_on: date
    ends_on: date
    reason: str
    made_on: date
    made_by: UUID | None
    made_by_name: str
    lifted_on: date | None = None
    lifted_by: UUID | None = None
    lifted_by_name: str | None = None
    version: int = 1

    def covers(self, school: str, form: FormKind, opens_on: date, closes_on: date) -> bool:
        """Whether field time touches the days of an exemption that is not lifted."""
        return (
            self.lifted_on is None
            and self.school == school
            and self.form in {None, form}
            and opens_on <= self.ends_on
            and self.starts_on <= closes_on
        )

    def overlaps(self, other: "Exemption") -> bool:
        """Whether both spare the school the same campaigns of some day."""
        forms = {self.form, other.form}
        return (
            (len(forms) == 1 or None in forms)
            and self.starts_on <= other.ends_on
            and other.starts_on <= self.ends_on
        )


def is_exempt(
    exemptions: Iterable[Exemption], school: str, form: FormKind, opens_on: date, closes_on: date
) -> bool:
    """Whether a campaign does not take place."""
    return any(one.covers(school, form, opens_on, closes_on) for one in exemptions)
