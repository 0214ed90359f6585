"""How campaigns are made: rows with the day from which each holds, and schools' own lengths."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from contracts.events.surveys import FormLength
from surveys.domain.field_time import CampaignRule
from surveys.storage.planning_tables import care_lengths
from surveys.storage.tables import campaign_rules


class RuleRepository:
    """The rules of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[CampaignRule]:
        """Return all rules."""
        return [
            CampaignRule(
                valid_from=row.valid_from,
                legal_basis=row.legal_basis,
                target_percent=row.target_percent,
                field_working_days=row.field_working_days,
                term_begins=(row.term_begins_month, row.term_begins_day),
                term_ends=(row.term_ends_month, row.term_ends_day),
                care_length=row.care_length,
            )
            for row in self._connection.execute(select(campaign_rules))
        ]

    def supply(self, rules: Sequence[CampaignRule]) -> None:
        """Insert the shipped rules where the district has none of the same day."""
        rows = [_row(rule) for rule in rules]
        self._connection.execute(insert(campaign_rules).on_conflict_do_nothing(), rows)

    def put(self, rule: CampaignRule) -> None:
        """Add a rule, or replace the one of the same day."""
        row = _row(rule)
        statement = insert(campaign_rules).values(row)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["valid_from"], set_=row)
        )

    def remove(self, valid_from: date) -> None:
        """Delete the rule of a day."""
        self._connection.execute(
            campaign_rules.delete().where(campaign_rules.c.valid_from == valid_from)
        )

    def care_lengths(self) -> dict[str, FormLength]:
        """Return school → length, of the schools that have one of their own."""
        query = select(care_lengths.c.school, care_lengths.c.length).order_by(care_lengths.c.school)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def set_care_length(self, school: str, length: FormLength | None) -> None:
        """Give a school a length of its own, or take it away with None."""
        self._connection.execute(care_lengths.delete().where(care_lengths.c.school == school))
        if length is not None:
            self._connection.execute(care_lengths.insert().values(school=school, length=length))


def _row(rule: CampaignRule) -> dict[str, Any]:
    return {
        "valid_from": rule.valid_from,
        "legal_basis": rule.legal_basis,
        "target_percent": rule.target_percent,
        "field_working_days": rule.field_working_days,
        "term_begins_month": rule.term_begins[0],
        "term_begins_day": rule.term_begins[1],
        "term_ends_month": rule.term_ends[0],
        "term_ends_day": rule.term_ends[1],
        "care_length": rule.care_length,
    }
