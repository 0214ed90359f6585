"""Where a clone keeps its running state: outside the clone.

PostgreSQL's user must reach it (a root home is closed to it), the paths of sockets are short, and
RabbitMQ's scripts know no spaces.
"""

import hashlib
import os
import re
from pathlib import Path

from deploy.local.errors import StackError

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST = 60  # a socket's path has 107 bytes


def stack_folder(repository: Path = REPOSITORY) -> Path:
    """The folder of this clone's stack, made if needed: `KIPTHOI_RUN_DIR`, else by the path's hash.

    Raises StackError when it can't be used.
    """
    given = os.environ.get("KIPTHOI_RUN_DIR")
    if given:
        folder = Path(given)
        if not re.fullmatch(r"/[\w./-]+", given, re.ASCII) or len(given) > LONGEST:
            raise StackError(
                f"KIPTHOI_RUN_DIR is {given!r}: give an absolute path of at most {LONGEST} "
                "letters without accents, digits and . _ -"
            )
    else:
        digest = hashlib.sha256(f"{os.geteuid()}:{repository}".encode()).hexdigest()[:10]
        folder = Path("/var/tmp") / f"kipthoi-{digest}"  # noqa: S108 - its owner is checked below
    return make_folder(folder)


def make_folder(folder: Path) -> Path:
    """Make a folder that others may pass through but not read; it must be ours alone to write."""
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise StackError(f"{folder} belongs to somebody else; remove it or set KIPTHOI_RUN_DIR")
    folder.chmod(0o711)  # whatever the umask was
    return folder
