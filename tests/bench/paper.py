"""A sheet of paper slips, filled in completely, as a school's office sends it."""

import json
import random
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook

from tests.bench.sheets import OF, fill_sheet

# Where a sheet names what was demanded: column → field of the answer.
DEMAND: Final = {"YC_LOAI": "kind", "YC_GI": "what", "YC_KHI": "when"}


def fill_workbook(form: Mapping[str, Any], rows: int, *, seed: int = 1) -> bytes:
    """Return an .xlsx of so many slips of a form, as the gateway shows it."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    asked = [form["filter"]] if form["filter"] else []
    asked += [item for group in form["groups"] for item in group["items"]]
    codes = [item["code"] for item in asked]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([*codes, *DEMAND])
    for number in range(rows):
        slip = json.loads(fill_sheet("", form, chance, number % OF).body)
        told = slip.get("demand", {})
        sheet.append(
            [
                *(slip["answers"].get(code) for code in codes),
                *(told.get(field) for field in DEMAND.values()),
            ]
        )
    file = BytesIO()
    book.save(file)
    return file.getvalue()
