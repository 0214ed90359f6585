"""The tests of a file, and those of a named group, are run by one process."""

import os

import pytest


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="only one process runs")
def test_pytest_xdist_sees_the_groups(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@unit/test_grouping.py")
