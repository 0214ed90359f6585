"""What parents wrote, read by the heads of their school."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, func, select

from contracts.rpc.comments import Comment
from surveys.storage.answer_tables import comments

_c = comments.c


class CommentRepository:
    """The comments of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def numbers(self, campaign_id: UUID) -> dict[str, int]:
        """Return item → how many comments there are."""
        query = select(_c.item, func.count()).where(_c.campaign_id == campaign_id).group_by(_c.item)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def found(self, campaign_id: UUID, items: Collection[str], key: str) -> int:
        """Return how many comments of the items hold a search key."""
        query = select(func.count()).where(_wanted(campaign_id, items, key))
        number: int = self._connection.execute(query).scalar_one()
        return number

    def page(
        self, campaign_id: UUID, items: Collection[str], key: str, *, skip: int, limit: int
    ) -> list[Comment]:
        """Return a page of them, newest day first; of a day in an order that tells nothing."""
        query = (
            select(_c.item, _c.day, _c.body, _c.id.label("comment_id"))
            .where(_wanted(campaign_id, items, key))
            .order_by(_c.day.desc(), _c.id)
            .offset(skip)
            .limit(limit)
        )
        rows = self._connection.execute(query).mappings()
        return [Comment.model_validate(dict(row)) for row in rows]


def _wanted(campaign_id: UUID, items: Collection[str], key: str) -> ColumnElement[bool]:
    wanted = and_(_c.campaign_id == campaign_id, _c.item.in_(sorted(items)))
    return and_(wanted, func.strpos(_c.search_text, key) > 0) if key else wanted
