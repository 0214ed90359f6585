"""Words that people wrote: the rules of keeping them, and their erasure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from surveys.domain.keeping import KeepingRule
from surveys.storage.answer_tables import comments, demand_reports
from surveys.storage.planning_tables import keeping_rules
from surveys.storage.tables import campaigns


class KeepingRepository:
    """What is kept, and how long, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rules(self) -> list[KeepingRule]:
        """Return all rules, those of the latest days first."""
        k = keeping_rules.c
        query = select(keeping_rules).order_by(k.valid_from.desc(), k.words)
        return [KeepingRule(**row) for row in self._connection.execute(query).mappings()]

    def supply(self, rules: Iterable[KeepingRule]) -> None:
        """Insert the shipped rules where the district has none of the same day."""
        rows = [asdict(rule) for rule in rules]
        self._connection.execute(insert(keeping_rules).on_conflict_do_nothing(), rows)

    def put(self, rule: KeepingRule) -> None:
        """Add a rule, or replace the one of the same day."""
        row = asdict(rule)
        self._connection.execute(
            insert(keeping_rules)
            .values(row)
            .on_conflict_do_update(index_elements=["words", "valid_from"], set_=row)
        )

    def next_with_comments(self, closed_until: date) -> UUID | None:
        """Lock and return a campaign that closed by then and whose comments are still kept."""
        c = campaigns.c
        query = (
            select(c.id)
            .where(c.closed_on <= closed_until, c.comments_erased_on.is_(None))
            .order_by(c.closed_on, c.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        )
        found: UUID | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def erase_comments(self, campaign_id: UUID, day: date) -> int:
        """Delete what parents wrote in a campaign; returns how many texts."""
        gone = comments.delete().where(comments.c.campaign_id == campaign_id)
        erased = self._connection.execute(gone).rowcount
        mark = campaigns.update().where(campaigns.c.id == campaign_id)
        self._connection.execute(mark.values(comments_erased_on=day))
        return erased

    def erase_comment(self, campaign_id: UUID, comment_id: UUID) -> str | None:
        """Delete one comment; returns its item, None when there is none of this id."""
        c = comments.c
        gone = comments.delete().where(c.id == comment_id, c.campaign_id == campaign_id)
        item: str | None = self._connection.execute(gone.returning(c.item)).scalar_one_or_none()
        return item

    def erase_reports(self, closed_until: date, day: date) -> dict[str, int]:
        """Empty the words of reports whose campaigns closed by then; returns school → number."""
        d = demand_reports.c
        closed = select(campaigns.c.id).where(campaigns.c.closed_on <= closed_until)
        emptied = (
            demand_reports.update()
            .where(d.erased_on.is_(None), d.campaign_id.in_(closed))
            .values(what="", when="", erased_on=day)
            .returning(d.school)
        )
        return dict(sorted(Counter(self._connection.execute(emptied).scalars()).items()))

    def erase_report(self, report_id: UUID, day: date) -> None:
        """Empty the words of one report."""
        d = demand_reports.c
        self._connection.execute(
            demand_reports.update()
            .where(d.id == report_id)
            .values(what="", when="", erased_on=func.coalesce(d.erased_on, day))
        )
