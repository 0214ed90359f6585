"""Reports that their source took back: what they led to stays, and they count no more."""

from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.postgresql import insert

from inspections.storage.side_tables import inspection_triggers, withdrawn_reports

_ALONE = text("SELECT pg_advisory_xact_lock(:key)")


class WithdrawalRepository:
    """The withdrawals of one transaction.

    A report and its withdrawal may come in either order, or at the same time: each of both holds
    the report alone until its commit, so that the second one finds what the first one wrote.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def withdraw(self, report_id: UUID, campaign_id: UUID, correlation_id: UUID, day: date) -> None:
        """Let the reports of a chain count no more: they are withdrawn, all of them together."""
        self._hold(report_id)
        row = {"report_id": report_id, "withdrawn_on": day}
        self._connection.execute(insert(withdrawn_reports).values(row).on_conflict_do_nothing())
        t = inspection_triggers.c
        self._connection.execute(
            inspection_triggers.update()
            .where(
                t.campaign_id == campaign_id,
                t.correlation_id == correlation_id,
                t.demand.is_not(None),
                t.withdrawn_on.is_(None),
            )
            .values(withdrawn_on=day)
        )

    def day_of(self, report_id: UUID) -> date | None:
        """Return the day on which a report was withdrawn, None while it stands."""
        self._hold(report_id)
        w = withdrawn_reports.c
        query = select(w.withdrawn_on).where(w.report_id == report_id)
        day: date | None = self._connection.execute(query).scalar_one_or_none()
        return day

    def _hold(self, report_id: UUID) -> None:
        self._connection.execute(_ALONE, {"key": int.from_bytes(report_id.bytes[8:], signed=True)})
