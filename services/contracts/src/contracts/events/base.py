"""What every event has."""

from typing import Any, ClassVar

from contracts.model import Model


class Event(Model):
    """A fact that a service tells: ids, codes, dates and counts, no text that a person wrote.

    Subclasses set `name` ("surveys.campaign_opened") and a docstring that `docs/events.md` prints.
    A released one changes by addition alone (`contracts.additive`); else it is a new event `…_v2`.
    """

    name: ClassVar[str]

    @property
    def subject(self) -> str | None:
        """The school that the fact is about, or None."""
        return getattr(self, "school", None)

    def payload(self) -> dict[str, Any]:
        """Return the JSON-ready data of the envelope."""
        return self.model_dump(mode="json")
