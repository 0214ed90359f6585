"""Posters for a campaign's open link: a page for the school, one for each class."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.printing.paper import BOLD, HEIGHT, WIDTH, Paper, mm


@dataclass(frozen=True)
class Poster:
    """One page: what stands above the QR code, the link that it holds, and what stands below."""

    school: str
    title: str
    class_line: str
    link: str
    how: tuple[str, ...]


def draw_posters(posters: Sequence[Poster]) -> bytes:
    """A PDF with a page for each poster."""
    paper = Paper(posters[0].title)
    for poster in posters:
        side = 110 * mm
        y = paper.centre(poster.school, HEIGHT - 25 * mm, size=18)
        y = paper.centre(poster.title, y - 4 * mm, size=24, font=BOLD)
        if poster.class_line:
            y = paper.centre(poster.class_line, y - 4 * mm, size=22, font=BOLD)
        y -= 4 * mm + side
        paper.qr(poster.link, (WIDTH - side) / 2, y, side)
        y = paper.centre(poster.link, y - 2 * mm, size=10)
        for line in poster.how:
            y = paper.centre(line, y - 3 * mm, size=14)
        paper.turn()
    return paper.done()
