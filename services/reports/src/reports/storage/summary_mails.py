"""Where a school's mails go, and how each of them stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, func, insert, or_, select, tuple_, update

from contracts.rpc.reminders import MailFault, MailState
from reports.domain.reminding import Summary
from reports.storage.reminder_tables import mail_addresses, summaries, summary_mails

_m = summary_mails.c
_a = mail_addresses.c
PENDING: Final[tuple[MailState, ...]] = ("waiting", "retrying")
# From five minutes on each pause is twice as long, at most four hours: more than a day in all.
ATTEMPTS: Final = 12
FIRST_PAUSE: Final = timedelta(minutes=5)
LONGEST_PAUSE: Final = timedelta(hours=4)


def pause_after(attempts: int) -> timedelta:
    """Return how long a mail waits after so many attempts."""
    return min(FIRST_PAUSE * 2.0 ** (attempts - 1), LONGEST_PAUSE)


@dataclass(frozen=True)
class Claimed:
    """A mail that may be sent now, by the caller alone."""

    mail_id: UUID
    summary: Summary
    address: str = field(repr=False)
    attempts: int


@dataclass(frozen=True)
class MailStanding:
    """How one mail stands."""

    state: MailState
    attempts: int
    why: MailFault | None
    next_at: datetime | None
    sent_at: datetime | None


class SummaryMailRepository:
    """The tables `mail_addresses` and `summary_mails` over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def addresses(self, school: str) -> tuple[str, ...]:
        """Return where a school's mails go."""
        query = select(_a.address).where(_a.school == school).order_by(_a.address)
        return tuple(self._connection.execute(query).scalars())

    def set_addresses(self, school: str, wanted: Sequence[str]) -> None:
        """Replace the addresses of a school; what still waits for one that goes is dropped."""
        have = set(self.addresses(school))
        going = select(_a.address_id).where(_a.school == school, _a.address.not_in(wanted))
        self._connection.execute(
            update(summary_mails)
            .where(_m.address_id.in_(going), _m.state.in_(PENDING))
            .values(state="dropped", next_at=None)
        )
        self._connection.execute(
            delete(mail_addresses).where(_a.school == school, _a.address.not_in(wanted))
        )
        rows = [
            {"address_id": uuid4(), "school": school, "address": address}
            for address in wanted
            if address not in have
        ]
        if rows:
            self._connection.execute(insert(mail_addresses), rows)

    def counts(self) -> dict[str, int]:
        """Return how many addresses each school has."""
        query = select(_a.school, func.count().label("n")).group_by(_a.school)
        return {row.school: row.n for row in self._connection.execute(query)}

    def add(self, schools: Collection[str], day: date) -> None:
        """Let the summaries of a day wait to be sent; those before that still wait are replaced."""
        self._connection.execute(
            update(summary_mails)
            .where(_m.school.in_(schools), _m.state.in_(PENDING))
            .values(state="replaced", next_at=None)
        )
        query = select(_a.address_id, _a.school).where(_a.school.in_(schools))
        rows = [
            {
                "mail_id": uuid4(),
                "school": row.school,
                "day": day,
                "address_id": row.address_id,
                "state": "waiting",
                "attempts": 0,
            }
            for row in self._connection.execute(query)
        ]
        if rows:
            self._connection.execute(insert(summary_mails).values(next_at=func.now()), rows)

    def forget(self, before: date) -> None:
        """Remove the summaries of days before one, with their mails.

        Reminders stay as long as what they are of: each comes once.
        """
        self._connection.execute(delete(summary_mails).where(_m.day < before))
        self._connection.execute(delete(summaries).where(summaries.c.day < before))

    def claim(self, lease: timedelta) -> Claimed | None:
        """Take the next mail that may be tried; None when there is none.

        Nobody else gets it before `lease` is over, when whoever took it is dead. One whose
        attempts all ended so has failed.
        """
        while True:
            row = self._connection.execute(
                select(summary_mails, _a.address, summaries.c.weekly)
                .join(mail_addresses, _a.address_id == _m.address_id)
                .join(
                    summaries,
                    (summaries.c.school == _m.school) & (summaries.c.day == _m.day),
                )
                .where(_m.state.in_(PENDING), _m.next_at <= func.now())
                .order_by(_m.next_at, _m.mail_id)
                .limit(1)
                .with_for_update(skip_locked=True, of=summary_mails)
            ).one_or_none()
            if row is None:
                return None
            if row.attempts < ATTEMPTS:
                self._set(row.mail_id, attempts=row.attempts + 1, next_at=func.now() + lease)
                summary = Summary(row.school, row.day, row.weekly)
                return Claimed(row.mail_id, summary, row.address, row.attempts + 1)
            self._set(row.mail_id, state="failed", next_at=None)

    def sent(self, mail_id: UUID) -> None:
        """Note that the mail server took a mail."""
        self._set(mail_id, state="sent", next_at=None, why=None, sent_at=func.now())

    def dropped(self, mail_id: UUID) -> None:
        """Note that there was nothing left to remind of."""
        self._set(mail_id, state="dropped", next_at=None)

    def not_sent(self, claimed: Claimed, why: MailFault, *, permanent: bool) -> None:
        """Note why a mail was not sent; it is tried again later, or given up.

        One that was replaced or dropped meanwhile stays so.
        """
        over = permanent or claimed.attempts >= ATTEMPTS
        self._connection.execute(
            update(summary_mails)
            .where(_m.mail_id == claimed.mail_id, _m.state.in_(PENDING))
            .values(
                state="failed" if over else "retrying",
                next_at=None if over else func.now() + pause_after(claimed.attempts),
                why=why,
            )
        )

    def newest(self, schools: Collection[str]) -> dict[str, tuple[Summary, list[MailStanding]]]:
        """Return the newest summary of each school with its mails."""
        each = summaries.alias("each").c
        last = (
            select(each.school, func.max(each.day))
            .where(each.school.in_(schools))
            .group_by(each.school)
        )
        query = select(summaries).where(tuple_(summaries.c.school, summaries.c.day).in_(last))
        found = {
            row.school: (Summary(row.school, row.day, row.weekly), list[MailStanding]())
            for row in self._connection.execute(query)
        }
        days = {(summary.school, summary.day) for summary, _ in found.values()}
        mails = select(summary_mails).where(
            _m.school.in_(found), _m.day.in_({day for _, day in days})
        )
        for row in self._connection.execute(mails.order_by(_m.mail_id)).mappings():
            if (row["school"], row["day"]) in days:
                found[row["school"]][1].append(_standing(row))
        return found

    def states(self) -> dict[MailState, int]:
        """Return how many mails are sent, how many wait, and how many failed of late.

        A failure counts until a newer summary of the school goes in its place.
        """
        newer = summaries.alias("newer")
        outdated = (
            select(newer.c.day).where(newer.c.school == _m.school, newer.c.day > _m.day).exists()
        )
        query = (
            select(_m.state, func.count().label("n"))
            .where(or_(_m.state != "failed", ~outdated))
            .group_by(_m.state)
        )
        return {row.state: row.n for row in self._connection.execute(query)}

    def _set(self, mail_id: UUID, **values: Any) -> None:
        self._connection.execute(
            update(summary_mails).where(_m.mail_id == mail_id).values(**values)
        )


def _standing(row: Mapping[Any, Any]) -> MailStanding:
    return MailStanding(
        state=row["state"],
        attempts=row["attempts"],
        why=row["why"],
        next_at=row["next_at"] if row["state"] in PENDING else None,
        sent_at=row["sent_at"],
    )
