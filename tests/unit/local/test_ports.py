"""Which ports a stack gets: last time's, unless something listens there or is about to."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.ports import Ports, is_free
from deploy.local.stack import alone

FIRST = 21_000


@pytest.fixture
def stacks(tmp_path: Path) -> tuple[Path, Path]:
    folders = (tmp_path / "kipthoi-one", tmp_path / "kipthoi-other")
    for folder in folders:
        folder.mkdir()
    return folders


@pytest.fixture
def busy() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def claim(folder: Path, name: str, preferred: int = FIRST) -> int:
    return Ports(folder / "ports.json").claim(name, preferred)


def test_a_port_stays_from_run_to_run(stacks: tuple[Path, Path]) -> None:
    one, _ = stacks
    port = claim(one, "gateway")
    assert port >= FIRST
    assert is_free(port)
    assert claim(one, "gateway", FIRST + 500) == port
    assert claim(one, "dashboard") > port


def test_a_busy_port_is_passed_over_unless_it_is_ours(stacks: tuple[Path, Path], busy: int) -> None:
    one, _ = stacks
    (one / "ports.json").write_text(f'{{"gateway": {busy}}}')
    assert Ports(one / "ports.json").claim("gateway", FIRST, ours=True) == busy
    assert claim(one, "gateway", busy) > busy


def test_what_a_starting_neighbour_claimed_is_left_to_it(stacks: tuple[Path, Path]) -> None:
    """Nothing listens there yet, while its databases are being prepared."""
    one, other = stacks
    port = claim(one, "directory")
    (other / "ports.json").write_text(f'{{"surveys": {port}, "reports": {port + 1}}}')
    with alone(other):
        moved = claim(one, "directory", port)
        assert moved > port + 1
    assert claim(one, "surveys", port) in {port, port + 1}, "a stopped neighbour keeps no port"
