import errno
import shutil
from pathlib import Path

from deploy.local.errors import StackError

NEEDED = 400_000_000  # two servers' data, logs; RabbitMQ stops taking messages below 50 MB


def require_space(
    folder: Path,
    needed: int = NEEDED,
    remedy: str = "or set KIPTHOI_RUN_DIR to a folder on another disk",
) -> None:
    """Raise StackError when the disk under `folder` is too full to begin."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StackError(
            f"The disk that holds {folder} is full: {free / 1e6:.0f} MB are free, about "
            f"{needed / 1e6:.0f} MB are needed. Make room, {remedy}."
        )


def explain(error: OSError, folder: Path) -> str:
    """What to tell a person about an error of the system that came up meanwhile."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk became full (while writing for {folder}). Make room and run it again."
    return f"The system refused: {error}"
