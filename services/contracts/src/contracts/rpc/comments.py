"""Questions about what parents wrote, once their campaign is closed."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field, NonNegativeInt, PositiveInt

from contracts.forms import Words
from contracts.model import Model
from contracts.rpc.base import Request
from contracts.written import Short

PAGE: Final = 50
MOST_ON_A_PAGE: Final = 500


class ListComments(Request):
    """`list_comments` of one campaign, for the heads of its school; reading is audited.

    `search` finds words with accents or without; a page holds `size` of them, which whoever makes
    a file sets higher. Raises `resource.not_found`.
    """

    campaign_id: UUID
    item: str | None = Field(default=None, max_length=16)
    search: Short = ""
    page: PositiveInt = Field(default=1, le=100_000)
    size: PositiveInt = Field(default=PAGE, le=MOST_ON_A_PAGE)


class Comment(Model):
    """What one parent wrote to one item, with the day. `comment_id` serves to erase it."""

    item: str
    day: date
    body: str
    comment_id: UUID | None = None


class CommentedItem(Model):
    """An open question; `number` of comments is None where they are too few to be shown."""

    code: str
    words: Words
    number: NonNegativeInt | None


class Comments(Model):
    """One page of comments, newest day first. `found` of all pages, `pages` of them.

    `erased_on`: their time was over then (`keeping`), and there are none any more.
    """

    asked: tuple[CommentedItem, ...]
    items: tuple[Comment, ...]
    found: NonNegativeInt
    pages: NonNegativeInt
    erased_on: date | None = None
