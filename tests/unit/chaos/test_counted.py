"""What tests counted is shown at their end, also when they passed in another process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.folder import REPOSITORY

TESTS = """
def test_passes(record_property):
    record_property("counted", "one of one")

def test_fails(record_property):
    record_property("counted", "none of one")
    assert False
"""


@pytest.mark.parametrize("how", [[], ["--numprocesses=1"]])
def test_counts_stand_in_the_summary(tmp_path: Path, how: list[str]) -> None:
    (tmp_path / "test_counting.py").write_text(TESTS)
    (tmp_path / "conftest.py").write_text("from tests.conftest import pytest_terminal_summary\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    done = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-p", "no:nameko", *how, str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    shown = [line for line in done.stdout.splitlines() if line.endswith("of one")]
    assert sorted(shown) == ["none of one", "one of one"]
