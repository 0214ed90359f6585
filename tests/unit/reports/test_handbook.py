import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs" / "reports.md"
YEARS = re.findall(r"<!-- calendar (\d{4}) -->", DOCS.read_text(encoding="utf-8"))


def test_the_plans_year_is_listed() -> None:
    assert "2024" in YEARS


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_in_the_docs_is_what_the_command_prints(year: str) -> None:
    printed = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "reports.calendar_table", year],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    text = DOCS.read_text(encoding="utf-8")
    shown = text.split(f"<!-- calendar {year} -->\n", 1)[1].split("<!-- end -->", 1)[0]
    assert shown == printed
