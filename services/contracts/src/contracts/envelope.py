"""The envelope of an event: CloudEvents 1.0 attributes plus the two that draw a chain."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field

from contracts.days import FIRST_YEAR, LAST_YEAR
from contracts.model import Model


def _sane(moment: datetime) -> datetime:
    # Further away, some time zone or database driver can't hold it: one such event would stop
    # whoever reads it.
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"a moment lies between {FIRST_YEAR} and {LAST_YEAR}")
    return moment


class Envelope(Model):
    """One event as it travels and as it is kept.

    `time` is business time (when it became true), with a time zone. An event that says its day
    alone has the first moment of that day in Vietnam: what a parent did, what followed from it by
    itself, and what became true at the turn of a day. `correlationid` is shared by
    everything that follows from one first cause; `causationid` is the id of the event that this
    one follows from, None for a first cause.
    """

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str = Field(pattern=r"^/kipthoi/[a-z]+$")
    type: str = Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")
    time: Annotated[AwareDatetime, AfterValidator(_sane)]
    subject: str | None = None
    datacontenttype: Literal["application/json"] = "application/json"
    correlationid: UUID
    causationid: UUID | None = None
    data: dict[str, Any]

    def wire(self) -> bytes:
        """Return the envelope as the UTF-8 JSON that goes over the broker."""
        return self.model_dump_json().encode()

    @classmethod
    def from_wire(cls, body: bytes) -> Self:
        """Read an envelope; raises `pydantic.ValidationError` for anything else."""
        return cls.model_validate_json(body)
