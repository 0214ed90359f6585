"""What a backup says about itself: the member `manifest.json` of its archive."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

FORMAT = 1
MEMBER = "manifest.json"


@dataclass(frozen=True)
class Dump:
    """One service's database in the archive; `rows` are exactly those of its snapshot."""

    member: str
    sha256: str
    bytes: int
    database_bytes: int
    revision: str
    taken_at: str
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Manifest:
    """The archive as a whole. `files` maps the other members to their SHA-256."""

    made_at: str
    postgresql: str
    dumps: Mapping[str, Dump]
    files: Mapping[str, str]
    format: int = FORMAT

    def text(self) -> str:
        """Return it as JSON, readable for people too."""
        return json.dumps(dataclasses.asdict(self), indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read one; raises `ValueError` for what is none, or of another format."""
        try:
            raw: dict[str, Any] = json.loads(text)
            if raw["format"] != FORMAT:
                raise ValueError(f"its format is {raw['format']}")
            dumps = {name: Dump(**dump) for name, dump in raw.pop("dumps").items()}
            return cls(dumps=dumps, **raw)
        except (KeyError, TypeError, AttributeError) as wrong:
            raise ValueError(f"its manifest can't be read: {wrong}") from None
