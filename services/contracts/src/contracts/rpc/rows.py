"""Questions about the answers of a closed campaign as rows that are nobody's (decision 0014)."""

from uuid import UUID

from pydantic import NonNegativeInt

from contracts.forms import ItemKind, Words
from contracts.model import Model
from contracts.rpc.base import Request
from contracts.rpc.surveys import Campaign


class AnswerCount(Model):
    """How many gave an answer; "" is a blank or no valid one."""

    answer: str
    number: NonNegativeInt


class Column(Model):
    """One item of the rows. `linked` ones stand in `whole`, in this order.

    `rest` counts the answers of all sheets that are not in `whole`; of an item that isn't linked
    it counts all.
    """

    item: str
    kind: ItemKind
    words: Words
    linked: bool
    rest: tuple[AnswerCount, ...]


class WholeSheet(Model):
    """Answers that at least five sheets gave alike, so that they are nobody's."""

    answers: tuple[str, ...]
    number: NonNegativeInt


class GetRows(Request):
    """`get_rows` of one campaign; asking is audited. Raises `resource.not_found`."""

    campaign_id: UUID


class Rows(Model):
    """The answers of a closed campaign without anybody's sheet: see decision 0014.

    Of the sheets that are not in `whole`, at least five or none, only the columns are told.
    """

    campaign: Campaign
    sheets: NonNegativeInt
    columns: tuple[Column, ...]
    whole: tuple[WholeSheet, ...]
