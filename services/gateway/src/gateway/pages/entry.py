"""What a link brings along beside the campaign: the class, and the code of a slip.

The names hold a dash, which no item of a form does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from contracts.codes import read_class, read_code
from contracts.rpc.surveys import PublicCampaign

CLASS: Final = "lop-hoc"
CODE: Final = "ma-phieu"


@dataclass(frozen=True)
class Entry:
    """`class_code` is one that the campaign has; `code` is None for what can be no code."""

    class_code: str | None
    code: str | None
    typed: str

    @property
    def fields(self) -> dict[str, str]:
        """What travels from page to page."""
        given = {CLASS: self.class_code, CODE: self.code}
        return {name: value for name, value in given.items() if value is not None}


def read_entry(campaign: PublicCampaign, fields: Mapping[str, str]) -> Entry:
    """Read the class and the code of a link or of a posted page."""
    named = read_class(fields.get(CLASS, ""))
    typed = fields.get(CODE, "")[:40]
    wanted = campaign.access == "codes"
    return Entry(
        class_code=named if named in campaign.classes else None,
        code=read_code(typed) if wanted else None,
        typed=typed.strip() if wanted else "",
    )
