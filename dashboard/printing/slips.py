"""Slips with one-time codes: ten on a page, to be cut apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.printing.paper import BOLD, HEIGHT, WIDTH, Paper, mm

COLUMNS: Final = 2
ROWS: Final = 5
_MARGIN: Final = 8 * mm
_PADDING: Final = 4 * mm
_CELL_WIDTH: Final = (WIDTH - 2 * _MARGIN) / COLUMNS
_CELL_HEIGHT: Final = (HEIGHT - 2 * _MARGIN) / ROWS


@dataclass(frozen=True)
class SlipText:
    """What stands on every slip; `code_label` stands above the code itself."""

    school: str
    title: str
    class_line: str
    how: str
    code_label: str
    privacy: str


def draw_slips(text: SlipText, codes: Sequence[tuple[str, str]]) -> bytes:
    """A PDF of slips, one for each (code, link that holds it)."""
    paper = Paper(text.title)
    for number, (code, link) in enumerate(codes):
        place = number % (COLUMNS * ROWS)
        if place == 0 and number:
            paper.turn()
        x = _MARGIN + (place % COLUMNS) * _CELL_WIDTH
        y = HEIGHT - _MARGIN - (place // COLUMNS + 1) * _CELL_HEIGHT
        _draw(paper, text, code, link, at=(x, y))
    return paper.done()


def _draw(paper: Paper, text: SlipText, code: str, link: str, *, at: tuple[float, float]) -> None:
    x, y = at
    paper.canvas.setDash(2, 3)
    paper.canvas.setLineWidth(0.4)
    paper.canvas.rect(x, y, _CELL_WIDTH, _CELL_HEIGHT)
    paper.canvas.setDash()
    side = 34 * mm
    left, top = x + _PADDING, y + _CELL_HEIGHT - 2 * mm
    paper.qr(link, x + _CELL_WIDTH - side - 2 * mm, top - side, side)
    width = _CELL_WIDTH - side - _PADDING - 3 * mm
    down = paper.write(text.school, left, top, width, size=8)
    down = paper.write(text.title, left, down, width, size=9, font=BOLD)
    if text.class_line:
        down = paper.write(text.class_line, left, down, width, size=9)
    down = paper.write(text.code_label, left, down - 1 * mm, width, size=7.5)
    paper.write(code, left, down, width, size=13, font=BOLD)
    below = paper.write(text.how, left, top - side, _CELL_WIDTH - 2 * _PADDING, size=7.5)
    paper.write(text.privacy, left, below, _CELL_WIDTH - 2 * _PADDING, size=7)
