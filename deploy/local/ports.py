import json
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"


class Ports:
    """The ports of one stack: preferred ones, else the next free; kept in a file for next time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ports: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}

    def claim(self, name: str, preferred: int, *, ours: bool = False) -> int:
        """Return the port of `name`: the one of last time, else the first free from `preferred`.

        With `ours` the one of last time is busy because its process runs, and is kept.
        """
        saved = self._ports.pop(name, None)
        others = set(self._ports.values())
        if saved is not None and (ours or is_free(saved)):
            port = saved
        else:
            choices = range(preferred, preferred + 1000)
            port = next(one for one in choices if one not in others and is_free(one))
        self._ports[name] = port
        making = self._file.with_suffix(".new")
        making.write_text(json.dumps(self._ports))
        making.rename(self._file)
        return port


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
