"""A template that somebody uploads: looked at as a file before anything reads what it says."""

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Final

from reports.domain.documents import checking
from reports.domain.documents.layout import Layout
from reports.domain.documents.letter import Letter, Section, recipient_lines, signing_lines
from reports.domain.documents.rendering import TemplateFault, render

MOST_BYTES: Final = 128 * 1024
MOST_UNPACKED_BYTES: Final = 8 * 1024 * 1024
MOST_PARTS: Final = 200
# What fetches, embeds or runs something when a document is opened or converted.
_ACTIVE_PARTS: Final = re.compile(r"vbaproject|/embeddings/|/activex/|altchunk", re.IGNORECASE)
_RELATIONSHIP: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
_EXTERNAL: Final = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_HYPERLINK: Final = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_INSTRUCTION: Final = re.compile(
    rb"(?:<(?:\w+:)?instrText\b[^>]*>|(?:\w+:)?instr\s*=\s*[\"'])([^<\"']*)"
)
_FETCHING: Final = re.compile(
    rb"\b(?:INCLUDE(?:TEXT|PICTURE)?|DDE(?:AUTO)?|LINK|IMPORT)\b", re.IGNORECASE
)
_DTD: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


# What a template is tried with.
SAMPLE: Final = Letter(
    authority="Ủy ban nhân dân Thí dụ",
    issuer="Trường Mầm non Thí Dụ",
    number=5,
    symbol="BC-MNTD",
    place="Thí dụ",
    issued_on=date(2024, 2, 5),
    type="Báo cáo",
    subject="Kết quả thí dụ năm 2024",
    legal_basis="Nghị định số 09/2019/NĐ-CP ngày 24/01/2019",
    sections=(
        Section("I. KẾT QUẢ", ("Đoạn văn thứ nhất.", "Đoạn văn thứ hai.")),
        Section("II. KIẾN NGHỊ", ("Đoạn văn thứ ba.",)),
    ),
    signing=signing_lines("Hiệu trưởng", "Phó Hiệu trưởng"),
    signer="Nguyễn Thí Dụ",
    recipients=recipient_lines([("Ủy ban nhân dân Thí dụ", "b/cáo")]),
)


def accept(data: bytes, layout: Layout) -> None:
    """Raise `TemplateFault` unless documents that a template makes will be right."""
    inspect(data)
    faults = checking.check(render(data, SAMPLE), layout, SAMPLE)
    if faults:
        raise TemplateFault("layout", str(faults[0]), faults[0].parts)


def inspect(data: bytes) -> None:
    """Raise `TemplateFault` unless the file is a Word document that only says something."""
    if len(data) > MOST_BYTES:
        raise TemplateFault("too_large")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if (
                len(parts) > MOST_PARTS
                or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES
            ):
                raise TemplateFault("too_large")
            for part in parts:
                _look(part.filename, package.read(part))
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError):
        # A damaged, encrypted or oddly packed archive.
        raise TemplateFault("not_a_document") from None


def _look(name: str, content: bytes) -> None:
    if _ACTIVE_PARTS.search(name):
        raise TemplateFault("active_content", name)
    if not name.endswith((".xml", ".rels")):
        return
    # Text in two bytes a letter would hide from every look below.
    if b"\x00" in content or _DTD.search(content):
        raise TemplateFault("active_content", name)
    for found in _RELATIONSHIP.findall(content):
        if _EXTERNAL.search(found) and not _HYPERLINK.search(found):
            raise TemplateFault("active_content", name)
    instructions = b"".join(_INSTRUCTION.findall(content))
    if _FETCHING.search(instructions):
        raise TemplateFault("active_content", name)
