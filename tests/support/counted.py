"""What a test counted, shown when the tests end: `record_property(COUNTED, "one line")`.

Output of tests that pass is not shown, and those of other processes have none here; a property
comes with each report.
"""

from typing import Any, Final

import pytest

COUNTED: Final = "counted"


def counts(stats: dict[str, list[Any]]) -> list[str]:
    """Return the lines of all tests, passed or not, once each."""
    return [
        str(value)
        for reports in stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, value in report.user_properties
        if name == COUNTED
    ]
