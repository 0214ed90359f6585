"""What parents wrote, as a table: a row for each comment, question by question."""

from collections.abc import Sequence
from typing import Final

from contracts.rpc.comments import Comment, CommentedItem
from contracts.rpc.surveys import Campaign
from gateway.exports.facts import facts, said
from gateway.spreadsheets import Table
from gateway.words import Language, say, shown

HEAD: Final = ("code", "words", "day", "comment")


def tables(
    language: Language,
    campaign: Campaign,
    asked: Sequence[CommentedItem],
    told: Sequence[Comment],
) -> Sequence[Table]:
    """Return the sheets; `told` keeps its order within a question, the newest day first."""
    words = {item.code: said(language, item.words) for item in asked}
    order = list(words)
    return (
        facts(language, campaign, say(language, "export.comments_note")),
        Table(
            say(language, "export.comments"),
            [say(language, f"export.head.{name}") for name in HEAD],
            [
                (one.item, words[one.item], shown(one.day), one.body)
                for one in sorted(told, key=lambda one: order.index(one.item))
            ],
        ),
    )
