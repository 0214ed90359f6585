"""The sheet that a school fills in from paper slips: one row a slip, one column an item."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

from contracts.rpc.surveys import PublicCampaign
from gateway.spreadsheets import Table, render
from gateway.words import Language, say

CLASS: Final = "LOP"
DEMAND: Final = ("YC_LOAI", "YC_GI", "YC_KHI", "YC_HT")
GUIDE: Final = ("scale5", "percent", "yes_no", "text", "class", "demand", "rows", "formulas")
_WIDTH: Final = 18


def headings(campaign: PublicCampaign, language: Language = "vi") -> Iterator[str]:
    """Yield "code words" of each column; reading looks at the code alone."""
    form = campaign.form
    yield f"{CLASS} {say(language, 'template.class')}"
    asked = [form.filter] if form.filter is not None else []
    for item in [*asked, *(item for _, item in form.placed_items())]:
        yield f"{item.code} {item.words.en if language == 'en' else item.words.vi}"
    if form.demand is not None:
        for column in DEMAND:
            yield f"{column} {say(language, f'template.{column.lower()}')}"


def as_csv(campaign: PublicCampaign, language: Language = "vi") -> bytes:
    """Return the heading as CSV that Excel opens with its accents right."""
    return render([Table("", list(headings(campaign, language)), ())], "csv")


def as_xlsx(campaign: PublicCampaign, language: Language = "vi") -> bytes:
    """Return a workbook: the sheet to fill in, and a second one that says how."""
    # Loaded with the first workbook: the gateway begins in less time.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = say(language, "template.sheet")
    for column, words in enumerate(headings(campaign, language), start=1):
        cell = sheet.cell(1, column, words)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTH
    sheet.freeze_panes = "A2"
    guide = book.create_sheet(say(language, "template.guide"))
    guide.column_dimensions["A"].width = 110
    classes = ", ".join(campaign.classes) or "–"
    for row, key in enumerate(GUIDE, start=1):
        cell = guide.cell(row, 1, say(language, f"template.guide.{key}", {"classes": classes}))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    file = BytesIO()
    book.save(file)
    return file.getvalue()
