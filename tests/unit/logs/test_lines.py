"""Whatever a process writes, and however, is one JSON object a line."""

import json
import subprocess
import sys
from typing import Any

import pytest

BEGIN = {
    "loglines": "from loglines import configure; configure('reports', lambda _: True)",
    "chassis": "from chassis.starting import begin; begin('reports')",
    "dashboard": "from dashboard.logs import configure; configure()",
}
WRITE = """
import logging, sys, warnings
logging.getLogger("a.b").info("first: %s", "hoà")
print("one", "two")
print("no newline yet", end="")
print(", now")
sys.stderr.write("two\\nlines\\n")
warnings.warn("careful")
try:
    1 / 0
except ZeroDivisionError:
    logging.exception("failed")
"""


def lines_of(begin: str, code: str) -> list[dict[str, Any]]:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", f"{begin}\n{code}"], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.parametrize("begin", BEGIN.values(), ids=BEGIN)
def test_every_line_is_json_with_the_five_fields(begin: str) -> None:
    lines = lines_of(begin, WRITE)
    assert all({"time", "level", "service", "logger", "message"} <= line.keys() for line in lines)
    told = [(line["level"], line["logger"], line["message"]) for line in lines]
    expected = [
        ("info", "a.b", "first: hoà"),
        ("info", "stdout", "one two"),
        ("info", "stdout", "no newline yet, now"),
        ("warning", "stderr", "two"),
        ("warning", "stderr", "lines"),
    ]
    assert told[: len(expected)] == expected
    assert any("careful" in line["message"] for line in lines)
    [failed] = [line for line in lines if line["message"] == "failed"]
    assert "ZeroDivisionError" in failed["exception"]


@pytest.mark.parametrize("begin", BEGIN.values(), ids=BEGIN)
@pytest.mark.parametrize("end", ["raise ValueError('no')", "import sys; sys.exit('no: why')"])
def test_a_process_s_last_words_are_json_too(begin: str, end: str) -> None:
    [line] = lines_of(begin, end)
    assert "no" in line.get("exception", line["message"])


def test_a_log_that_cannot_be_written_does_not_go_around_in_circles() -> None:
    code = "import os, logging; os.close(2); logging.error('x'); print('y'); print('done')"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", f"{BEGIN['loglines']}\n{code}\nos._exit(7)"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 7


def test_half_a_letter_spoils_no_line() -> None:
    [line] = lines_of(BEGIN["loglines"], 'import logging; logging.info("half %s", "\\ud800")')
    assert line["message"] == "half ?"
