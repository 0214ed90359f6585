"""What parents answered: live counts while a campaign is open, its exact results once closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, case, func, select, text
from sqlalchemy.dialects.postgresql import insert

from contracts.events.surveys import CampaignClosed, CampaignOpened, FormKind, Verdict
from contracts.periods import PeriodRef
from reports.domain.satisfaction import Counts
from reports.storage.read_tables import answer_counts, campaigns

_FINAL = ("responses", "handed_out", "valid", "satisfied", "very_satisfied")
# One statement, whatever number of campaigns: it is made once.
_ADD: Final = text(
    "INSERT INTO answer_counts AS kept (campaign_id, day, answers)"
    " SELECT * FROM unnest(CAST(:campaigns AS uuid[]), CAST(:days AS date[]),"
    " CAST(:answers AS bigint[]))"
    " ON CONFLICT (campaign_id, day) DO UPDATE SET answers = kept.answers + excluded.answers"
)


@dataclass(frozen=True)
class Campaign:
    """A campaign as events told it; `counts` is None while it is open."""

    campaign_id: UUID
    school: str
    form: FormKind
    period: PeriodRef
    target_percent: int
    responses: int
    handed_out: int | None
    counts: Counts | None
    verdict: Verdict | None
    conclusive: bool | None


class CampaignRepository:
    """The tables `campaigns` and `answer_counts` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def opened(self, event: CampaignOpened) -> None:
        """Keep that a campaign takes answers; what was told of its end before stays."""
        new = insert(campaigns).values(**_known(event))
        newer = campaigns.c.version < new.excluded.version
        changed = {
            name: case((newer, new.excluded[name]), else_=campaigns.c[name])
            for name in ("target_percent", "version")
        }
        self._connection.execute(new.on_conflict_do_update(constraint="pk_campaigns", set_=changed))

    def closed(self, event: CampaignClosed) -> None:
        """Keep the final results of a campaign; they are told once, whatever else is told."""
        results = {name: getattr(event, name) for name in _FINAL}
        results |= {
            "closed_on": event.closed_on,
            "verdict": event.verdict,
            "conclusive": event.conclusive,
        }
        new = insert(campaigns).values(**_known(event), **results)
        newer = campaigns.c.version <= new.excluded.version
        versioned = {
            name: case((newer, new.excluded[name]), else_=campaigns.c[name])
            for name in ("target_percent", "version")
        }
        self._connection.execute(
            new.on_conflict_do_update(constraint="pk_campaigns", set_=results | versioned)
        )

    def count_answers(self, answers: Mapping[tuple[UUID, date], int]) -> None:
        """Add answers by campaign and day, in the order of their keys (no deadlocks).

        Withdrawn answers are added as less than none, and may come before they were counted.
        """
        ordered = sorted(answers.items())
        self._connection.execute(
            _ADD,
            {
                "campaigns": [str(campaign_id) for (campaign_id, _), _ in ordered],
                "days": [day for (_, day), _ in ordered],
                "answers": [number for _, number in ordered],
            },
        )

    def of_schools(self, schools: Collection[str]) -> list[Campaign]:
        """Return the campaigns of these schools, newest period first, per form newest last."""
        c, n = campaigns.c, answer_counts.c
        live = (
            select(func.greatest(func.coalesce(func.sum(n.answers), 0), 0))
            .where(n.campaign_id == c.campaign_id)
            .scalar_subquery()
        )
        query = (
            select(campaigns, live.label("live"))
            .where(c.school.in_(schools))
            .order_by(c.ends_on.desc(), c.starts_on.desc(), c.school, c.form, c.version)
        )
        return [_campaign(row) for row in self._connection.execute(query).mappings()]

    def answers_by_day(self, campaign_id: UUID) -> Sequence[tuple[date, int]]:
        """Return (day, answers) of a campaign, in order."""
        n = answer_counts.c
        query = select(n.day, n.answers).where(n.campaign_id == campaign_id).order_by(n.day)
        return [(row.day, row.answers) for row in self._connection.execute(query)]


def _known(event: CampaignOpened | CampaignClosed) -> dict[str, Any]:
    return {
        "campaign_id": event.campaign_id,
        "school": event.school,
        "form": event.form,
        "period_kind": event.period.kind,
        "period_year": event.period.year,
        "period_index": event.period.index,
        "starts_on": event.period.starts_on,
        "ends_on": event.period.ends_on,
        "period_key": event.period.key,
        "target_percent": event.target_percent,
        "version": event.version,
    }


def _campaign(row: Mapping[Any, Any]) -> Campaign:
    closed = row["closed_on"] is not None
    return Campaign(
        campaign_id=row["campaign_id"],
        school=row["school"],
        form=row["form"],
        period=PeriodRef(
            kind=row["period_kind"],
            year=row["period_year"],
            index=row["period_index"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
        ),
        target_percent=row["target_percent"],
        responses=row["responses"] if closed else int(row["live"]),
        handed_out=row["handed_out"],
        counts=Counts(row["valid"], row["satisfied"], row["very_satisfied"]) if closed else None,
        verdict=row["verdict"],
        conclusive=row["conclusive"],
    )
