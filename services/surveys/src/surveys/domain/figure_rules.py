"""How figures are shown: rules that are data."""

from typing import Annotated, Self

import yaml
from pydantic import Field

from contracts.model import Model

Percent = Annotated[int, Field(ge=1, le=100)]


class FigureRules(Model):
    """Who is compared with others, how far a trend reaches, what is worth a look."""

    minimum_sample: Annotated[int, Field(ge=5)]
    trend_periods: Annotated[int, Field(ge=2)]
    identical_percent: Percent
    burst_percent: Percent
    burst_days: Annotated[int, Field(ge=2)]

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the rules of a YAML text; raises `pydantic.ValidationError`."""
        return cls.model_validate(yaml.safe_load(text))
