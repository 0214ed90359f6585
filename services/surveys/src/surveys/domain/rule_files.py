"""Read the shipped rules by which campaigns are made, and the forms that they use."""

from datetime import date
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter

from contracts.model import Model
from surveys.domain.field_time import CampaignRule
from surveys.domain.form_versions import FormUse


class _Day(Model):
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]


class _Row(Model):
    valid_from: date
    legal_basis: str
    target_percent: Annotated[int, Field(ge=1, le=100)]
    field_working_days: Annotated[int, Field(ge=1, le=60)]
    term_begins: _Day
    term_ends: _Day


def read_rules(text: str) -> list[CampaignRule]:
    """Return the rules of a YAML list; raises `pydantic.ValidationError` for what is none."""
    rows = TypeAdapter(list[_Row]).validate_python(yaml.safe_load(text))
    return [
        CampaignRule(
            valid_from=row.valid_from,
            legal_basis=row.legal_basis,
            target_percent=row.target_percent,
            field_working_days=row.field_working_days,
            term_begins=(row.term_begins.month, row.term_begins.day),
            term_ends=(row.term_ends.month, row.term_ends.day),
        )
        for row in rows
    ]


def read_uses(text: str) -> list[FormUse]:
    """Return the uses of a YAML list of kind, valid_from, version."""
    return TypeAdapter(list[FormUse]).validate_python(yaml.safe_load(text))
