"""What one official document says, before any layout."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_HEAD: Final = "Nơi nhận:"


@dataclass(frozen=True)
class Section:
    """A part of the body: a heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A document of a school. `number` is None until the clerk has entered it.

    `authority` is the body above the issuer, "" for none. `signing` are the lines over the
    signature, the first one "KT. HIỆU TRƯỞNG" where a deputy signs in place of the head.
    `recipients` are whole lines: "- Lưu: VT.".
    """

    authority: str
    issuer: str
    number: int | None
    symbol: str
    place: str
    issued_on: date
    type: str
    subject: str
    legal_basis: str
    sections: tuple[Section, ...]
    signing: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]

    @property
    def number_words(self) -> str:
        """The number with its leading zero ("05", "147"), room for it where there is none."""
        return "      " if self.number is None else f"{self.number:02d}"

    @property
    def date_words(self) -> str:
        """The date as the Decree writes it."""
        return date_words(self.issued_on)

    def fields(self) -> dict[str, Any]:
        """Return what a template may name; the shape is `FIELDS`."""
        return {
            "nation": NATION,
            "motto": MOTTO,
            "authority": self.authority.upper(),
            "issuer": self.issuer.upper(),
            "number": self.number_words,
            "symbol": self.symbol,
            "place": self.place,
            "date": self.date_words,
            "type": self.type.upper(),
            "subject": self.subject,
            "legal_basis": self.legal_basis,
            "school": self.issuer,
            "sections": [
                {"heading": one.heading, "paragraphs": list(one.paragraphs)}
                for one in self.sections
            ],
            "signing": [line.upper() for line in self.signing],
            "signer": self.signer,
            "recipients_head": RECIPIENTS_HEAD,
            "recipients": list(self.recipients),
        }


@dataclass(frozen=True)
class Shape:
    """What a field is: text, a record of named texts, or a list of one of them."""

    parts: dict[str, "Shape"] = field(default_factory=dict)
    items: "Shape | None" = None


TEXT: Final = Shape()
# Every field that a template may name.
FIELDS: Final[dict[str, Shape]] = {
    **dict.fromkeys(
        (
            "nation",
            "motto",
            "authority",
            "issuer",
            "number",
            "symbol",
            "place",
            "date",
            "type",
            "subject",
            "legal_basis",
            "school",
            "signer",
            "recipients_head",
        ),
        TEXT,
    ),
    "sections": Shape(items=Shape({"heading": TEXT, "paragraphs": Shape(items=TEXT)})),
    "signing": Shape(items=TEXT),
    "recipients": Shape(items=TEXT),
}


def date_words(day: date) -> str:
    """Return "ngày 05 tháng 02 năm 2024": days under 10, months 1 and 2 with a leading zero."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004 - the Decree's
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def signing_lines(head: str, deputy: str | None) -> tuple[str, ...]:
    """Return the lines over the signature; a `deputy`'s office signs in place (KT.) of the head."""
    return (head,) if deputy is None else (f"KT. {head}", deputy)


def recipient_lines(named: list[tuple[str, str]]) -> tuple[str, ...]:
    """Return the list of recipients out of (who, purpose); the registry's line ends it."""
    lines = [f"- {who} ({purpose});" for who, purpose in named]
    return (*lines, "- Lưu: VT.")
