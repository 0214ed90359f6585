"""Queues that a broker can't serve any more."""

from pathlib import Path


def damage(home: Path, queue: str) -> None:
    """Empty a file of a quorum queue, as a full disk does; the broker in `home` is stopped."""
    name = f'<<"{queue}">>'
    kept = [path for path in home.glob("mnesia/*/quorum/*/*/config") if name in path.read_text()]
    assert len(kept) == 1, f"{queue} has {kept}"
    kept[0].write_bytes(b"")
