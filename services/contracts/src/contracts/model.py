"""The two readings of one message: strict when written, tolerant when read."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Base of every message.

    Frozen, so that a fact can't be changed on its way. Unknown fields are ignored, so that a
    reader of today understands the writer of tomorrow.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
