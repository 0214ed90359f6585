"""A page of paper to draw on: A4, with fonts that hold every Vietnamese letter, embedded."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

__all__ = ["BOLD", "HEIGHT", "PLAIN", "WIDTH", "Paper", "mm"]

FONTS: Final = Path(__file__).parents[1] / "assets" / "fonts"
PLAIN: Final = "DejaVuSansCondensed"
BOLD: Final = "DejaVuSansCondensed-Bold"
WIDTH, HEIGHT = A4
_QUIET: Final = 4  # modules of white around a QR code, as its standard asks


@cache
def _fonts() -> None:
    for name in (PLAIN, BOLD):
        registerFont(TTFont(name, FONTS / f"{name}.ttf"))


class Paper:
    """Pages of one PDF; lengths in points, from the lower left corner."""

    def __init__(self, title: str) -> None:
        _fonts()
        self._file = BytesIO()
        self.canvas = Canvas(self._file, pagesize=A4, pageCompression=1, invariant=1)
        self.canvas.setTitle(title)

    def write(
        self, text: str, x: float, y: float, width: float, *, size: float, font: str = PLAIN
    ) -> float:
        """Write a text below `y` within a width, line by line; returns where it ends."""
        for line in simpleSplit(text, font, size, width):
            y -= size * 1.25
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, y, line)
        return y

    def centre(self, text: str, y: float, *, size: float, font: str = PLAIN) -> float:
        """Write a text in the middle of the page; returns where it ends."""
        for line in simpleSplit(text, font, size, WIDTH - 40 * mm):
            y -= size * 1.3
            self.canvas.setFont(font, size)
            self.canvas.drawCentredString(WIDTH / 2, y, line)
        return y

    def qr(self, link: str, x: float, y: float, side: float) -> None:
        """Draw the QR code of a link as one shape, its white margin within the side."""
        rows = [bytes(row) for row in segno.make(link, error="m", micro=False).matrix]
        module = side / (len(rows) + 2 * _QUIET)
        shape = self.canvas.beginPath()
        for down, row in enumerate(rows):
            top = y + side - (down + 1 + _QUIET) * module
            place = 0
            while (begin := row.find(1, place)) >= 0:
                end = row.find(0, begin)
                place = end if end >= 0 else len(row)
                shape.rect(x + (begin + _QUIET) * module, top, (place - begin) * module, module)
        self.canvas.drawPath(shape, stroke=0, fill=1)

    def turn(self) -> None:
        """Go on on a new page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """The PDF."""
        self.canvas.save()
        return self._file.getvalue()
