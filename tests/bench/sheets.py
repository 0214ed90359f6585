"""The answers that are sent: forms filled in completely, as parents do."""

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from deploy.local.play.parents import fill_in
from tests.bench.load import ID, Sheet

# In a hundred answers so many write something, so many tell an improper demand.
WITH_WORDS, WITH_DEMAND, OF = 25, 2, 100
WORDS = "Cô văn thư hướng dẫn tận tình; mong trường niêm yết biểu mẫu trên trang thông tin."
DEMAND = {"kind": "fee", "what": "Thu 50.000 đồng tiền hồ sơ", "when": "Sáng thứ Ba"}


def fill_sheets(
    forms: Mapping[str, Mapping[str, Any]], *, each: int = 50, seed: int = 1
) -> list[Sheet]:
    """Fill in `each` sheets for every form (path → form as the gateway shows it), shuffled."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    sheets = [
        fill_sheet(path, form, chance, OF * number // each)
        for number in range(each)
        for path, form in forms.items()
    ]
    chance.shuffle(sheets)
    return sheets


def fill_sheet(path: str, form: Mapping[str, Any], chance: random.Random, number: int) -> Sheet:
    """Fill in one sheet; `number` of a hundred decides about words and demand."""
    answers: dict[str, int | str] = fill_in(dict(form), chance.randint(3, 5), chance)
    demand = number < WITH_DEMAND
    answers[form["demand"]] = "yes" if demand else "no"
    if number < WITH_WORDS:
        answers |= {
            item["code"]: WORDS
            for group in form["groups"]
            for item in group["items"]
            if item["kind"] == "text"
        }
    body: dict[str, Any] = {"submission_id": ID, "answers": answers}
    if demand:
        body["demand"] = DEMAND
    return Sheet(path, json.dumps(body, ensure_ascii=False), demand)


def with_demand(sheets: Sequence[Sheet], *, demand: bool) -> list[Sheet]:
    """Return the sheets that tell a demand, or those that don't."""
    return [sheet for sheet in sheets if sheet.demand is demand]
