"""Campaigns: rows in, rows out, and the locks that keep counting honest."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.scope import in_scope
from contracts.periods import PeriodRef
from contracts.rpc.base import Actor
from contracts.rpc.surveys import ListCampaigns
from surveys.domain.campaigns import Campaign
from surveys.storage.tables import campaigns

_PERIOD = ("kind", "year", "index", "starts_on", "ends_on")
_PLAIN = tuple(f.name for f in fields(Campaign) if f.name not in {"period", "items"})
# What is called off is there for planning alone.
_ON = select(campaigns).where(campaigns.c.called_off.is_(False))

# Shared and exclusive; PostgreSQL serves waiters of these in the order in which they came.
_SHARE = text("SELECT pg_advisory_xact_lock_shared(key) FROM unnest(CAST(:keys AS bigint[])) key")
_ALONE = text("SELECT pg_advisory_xact_lock(:key)")


def due(today: date) -> ColumnElement[bool]:
    """Whether a campaign's day to open or to close has come."""
    c = campaigns.c
    opens = and_(c.state == "planned", c.called_off.is_(False), c.opens_on <= today)
    return or_(opens, and_(c.state == "open", c.closes_on < today))


def _gate(slug: str) -> int:
    """Return the number of the lock that stands for taking answers."""
    return int.from_bytes(blake2b(slug.encode(), digest_size=8).digest(), signed=True)


def _campaign(row: RowMapping) -> Campaign:
    period = PeriodRef.model_validate({name: row[f"period_{name}"] for name in _PERIOD})
    items = tuple(row["items"]) if row["items"] is not None else None
    return Campaign(period=period, items=items, **{name: row[name] for name in _PLAIN})


def _row(campaign: Campaign) -> dict[str, Any]:
    row = {name: getattr(campaign, name) for name in _PLAIN}
    row["items"] = list(campaign.items) if campaign.items is not None else None
    return row | {f"period_{name}": getattr(campaign.period, name) for name in _PERIOD}


class CampaignRepository:
    """The campaigns of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, campaign: Campaign) -> bool:
        """Insert; returns False when the calendar has made this one already."""
        statement = insert(campaigns).values(_row(campaign)).on_conflict_do_nothing()
        return self._connection.execute(statement.returning(campaigns.c.id)).first() is not None

    def save(self, campaign: Campaign) -> None:
        """Write back a campaign that was read with its lock."""
        self._connection.execute(
            campaigns.update().where(campaigns.c.id == campaign.id).values(_row(campaign))
        )

    def by_slug(self, slug: str) -> Campaign | None:
        """Return the campaign behind a public address."""
        row = self._connection.execute(_ON.where(campaigns.c.slug == slug))
        found = row.mappings().first()
        return _campaign(found) if found else None

    def known(self, campaign_id: UUID) -> Campaign:
        """Return a campaign that something refers to, whoever asks."""
        query = select(campaigns).where(campaigns.c.id == campaign_id)
        return _campaign(self._connection.execute(query).mappings().one())

    def share(self, slugs: Iterable[str]) -> dict[str, Campaign]:
        """Hold campaigns open for this transaction; returns slug → campaign as it is now.

        Many may hold a campaign; who closes it waits for those that came first, and those that
        come later wait for him (decision 0007: shared row locks would let him wait for ever).
        """
        wanted = sorted(set(slugs))
        keys = sorted(map(_gate, wanted))
        self._connection.execute(_SHARE, {"keys": keys})
        query = _ON.where(campaigns.c.slug.in_(wanted))
        return {row["slug"]: _campaign(row) for row in self._connection.execute(query).mappings()}

    def wait_for_answers(self, campaign: Campaign) -> None:
        """Wait until no transaction holds the campaign open; later ones wait for this one.

        Call it with the campaign's row locked by `alone` or `next_due`, never before.
        """
        self._connection.execute(_ALONE, {"key": _gate(campaign.slug)})

    def alone(self, campaign_id: UUID, actor: Actor) -> Campaign | None:
        """Lock a campaign in the actor's scope for changing it, and return it."""
        query = _ON.where(campaigns.c.id == campaign_id).with_for_update(key_share=True)
        row = self._connection.execute(query).mappings().first()
        return _campaign(row) if row and actor.may_see(row["school"]) else None

    def seen(self, campaign_id: UUID, actor: Actor) -> Campaign | None:
        """Return a campaign in the actor's scope."""
        query = _ON.where(campaigns.c.id == campaign_id)
        row = self._connection.execute(query).mappings().first()
        return _campaign(row) if row and actor.may_see(row["school"]) else None

    def listed(self, wanted: ListCampaigns, actor: Actor) -> Sequence[Campaign]:
        """Return the campaigns in the actor's scope that were asked for, newest first."""
        query = _ON.where(in_scope(actor, campaigns.c.school, wanted.school)).order_by(
            campaigns.c.period_starts_on.desc(), campaigns.c.school, campaigns.c.form
        )
        if wanted.form is not None:
            query = query.where(campaigns.c.form == wanted.form)
        if wanted.state is not None:
            query = query.where(campaigns.c.state == wanted.state)
        found = [_campaign(row) for row in self._connection.execute(query).mappings()]
        return [c for c in found if wanted.period in {None, c.period.key}]

    def before(self, campaign: Campaign) -> Campaign | None:
        """Return the school's last closed campaign of the same form in an earlier period."""
        query = (
            select(campaigns)
            .where(
                campaigns.c.school == campaign.school,
                campaigns.c.form == campaign.form,
                campaigns.c.state == "closed",
                campaigns.c.period_ends_on < campaign.period.starts_on,
            )
            .order_by(campaigns.c.period_ends_on.desc(), campaigns.c.closed_on.desc())
            .limit(1)
        )
        row = self._connection.execute(query).mappings().first()
        return _campaign(row) if row else None

    def next_due(self, today: date) -> Campaign | None:
        """Lock and return the campaign whose opening or closing has been due the longest.

        Opening is due on `opens_on`, closing on the day after `closes_on`. What another replica
        works on is passed over.
        """
        moment = case(
            (campaigns.c.state == "planned", campaigns.c.opens_on),
            else_=campaigns.c.closes_on + timedelta(days=1),
        )
        query = (
            select(campaigns)
            .where(due(today))
            .order_by(moment, campaigns.c.school, campaigns.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        )
        row = self._connection.execute(query).mappings().first()
        return _campaign(row) if row else None

    def planned_of(self, school: str) -> list[Campaign]:
        """Lock and return what the calendar planned for a school and did not open.

        Those that are called off are among them.
        """
        query = (
            select(campaigns)
            .where(
                campaigns.c.school == school,
                campaigns.c.state == "planned",
                campaigns.c.origin == "calendar",
            )
            .with_for_update()
        )
        return [_campaign(row) for row in self._connection.execute(query).mappings()]

    def begun_of(self, school: str) -> list[Campaign]:
        """Return the campaigns of the calendar that a school opened or closed."""
        query = select(campaigns).where(
            campaigns.c.school == school,
            campaigns.c.state != "planned",
            campaigns.c.origin == "calendar",
        )
        return [_campaign(row) for row in self._connection.execute(query).mappings()]
