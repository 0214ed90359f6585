"""A survey form as data: what the gateway renders, what both sides check an answer against.

A published version never changes, so a reader may keep it for good.
"""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from contracts.events.surveys import FormKind
from contracts.model import Model

ItemKind = Literal["scale5", "percent", "yes_no", "text"]
ItemCode = str

# Beside the levels 1–5 (1 "Rất không hài lòng" … 5 "Rất hài lòng") a scale item takes these two.
NO_OPINION = "no_opinion"
NOT_APPLICABLE = "not_applicable"
YES = "yes"
NO = "no"

CODE_PATTERN = r"^[A-Za-z0-9_]{1,16}$"


class Words(Model):
    """The same words in each language of the public page; Vietnamese is the one that counts."""

    vi: str = Field(min_length=1, max_length=500)
    en: str = Field(min_length=1, max_length=500)


class Item(Model):
    """One question. `not_applicable` offers "Không áp dụng" beside "Không có ý kiến" (scale5)."""

    code: str = Field(pattern=CODE_PATTERN)
    kind: ItemKind
    words: Words
    hint: Words | None = None
    required: bool = False
    not_applicable: bool = False


class Group(Model):
    """Questions under one heading. `filtered`: asked only when the filter was answered "yes"."""

    code: str = Field(pattern=r"^[a-z_]{1,24}$")
    words: Words
    filtered: bool = False
    items: tuple[Item, ...] = Field(min_length=1)


class Form(Model):
    """One frozen version of a form.

    `filter` is a yes/no question that stands on a page of its own; "no" skips the filtered groups.
    `overall` is the scale item that the target is measured on. `demand` is the yes/no item whose
    "yes" asks what was demanded against the rules (and when), and is told as an event.
    """

    kind: FormKind
    version: int = Field(ge=1)
    words: Words
    intro: Words
    filter: Item | None = None
    groups: tuple[Group, ...] = Field(min_length=1)
    overall: str
    demand: str | None = None
    demand_notice: Words | None = None

    @model_validator(mode="after")
    def _refers_to_its_own_items(self) -> Self:
        items = {item.code: item for _, item in self.placed_items()}
        codes = [item.code for _, item in self.placed_items()]
        if self.filter is not None:
            codes.append(self.filter.code)
            if self.filter.kind != "yes_no":
                raise ValueError(f"filter {self.filter.code} is not a yes_no item")
        doubled = sorted({code for code in codes if codes.count(code) > 1})
        if doubled:
            raise ValueError(f"item codes stand twice: {', '.join(doubled)}")
        if self.overall not in items or items[self.overall].kind != "scale5":
            raise ValueError(f"overall {self.overall} is not a scale5 item of the form")
        if self.demand is not None and (
            self.demand not in items or items[self.demand].kind != "yes_no"
        ):
            raise ValueError(f"demand {self.demand} is not a yes_no item of the form")
        if self.filter is None and any(group.filtered for group in self.groups):
            raise ValueError("a group is filtered, but the form has no filter")
        return self

    def placed_items(self) -> Iterator[tuple[Group, Item]]:
        """Yield every item with its group, in the order of the page (without the filter)."""
        for group in self.groups:
            for item in group.items:
                yield group, item

    def scale_items(self) -> Iterator[tuple[Group, Item]]:
        """Yield the five-level items with their groups."""
        return ((group, item) for group, item in self.placed_items() if item.kind == "scale5")
