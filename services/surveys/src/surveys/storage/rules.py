"""How campaigns are made: rows with the day from which each holds."""

from collections.abc import Sequence

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from surveys.domain.field_time import CampaignRule
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
            )
            for row in self._connection.execute(select(campaign_rules))
        ]

    def supply(self, rules: Sequence[CampaignRule]) -> None:
        """Insert the shipped rules where the district has none of the same day."""
        rows = [
            {
                "valid_from": rule.valid_from,
                "legal_basis": rule.legal_basis,
                "target_percent": rule.target_percent,
                "field_working_days": rule.field_working_days,
                "term_begins_month": rule.term_begins[0],
                "term_begins_day": rule.term_begins[1],
                "term_ends_month": rule.term_ends[0],
                "term_ends_day": rule.term_ends[1],
            }
            for rule in rules
        ]
        self._connection.execute(insert(campaign_rules).on_conflict_do_nothing(), rows)
