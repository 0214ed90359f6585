"""`make test-compose`: the tests of the deployment, from where published ports can be reached.

An engine may live in a network namespace of its own; then its ports are there and not here.
"""

import os
import shutil
import socket
import struct
import sys
from pathlib import Path


def engines_process() -> int | None:
    """The process that listens on the engine's socket, None when it is not on this machine."""
    scheme, _, path = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock").partition("://")
    if scheme != "unix":
        return None
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(path)
        except OSError:
            return None
        told = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    pid: int = struct.unpack("3i", told)[0]
    return pid


def main() -> None:
    """Run pytest here, or as root in the engine's network namespace where that is another one."""
    command = [sys.executable, "-m", "pytest", *(sys.argv[1:] or ["tests/compose"])]
    pid = engines_process()
    if pid and os.geteuid() == 0 and shutil.which("nsenter"):
        there = Path(f"/proc/{pid}/ns/net")
        if there.readlink() != Path("/proc/self/ns/net").readlink():
            command = ["nsenter", f"--net={there}", "--", *command]
    os.execvp(command[0], command)  # noqa: S606 - our own command


if __name__ == "__main__":
    main()
