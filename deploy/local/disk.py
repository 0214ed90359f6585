import errno
import shutil
from pathlib import Path

from deploy.local.errors import StackError

NEEDED = 400_000_000  # two servers' data, logs
SCARCE = 50_000_000  # RabbitMQ takes no messages below that


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


def full(folder: Path) -> str:
    """What to tell a person when the disk became full under a system that ran."""
    return f"The disk that holds {folder} became full. Make room there and run it again."


def explain(error: OSError, folder: Path) -> str:
    """What to tell a person about an error of the system that came up meanwhile."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full(folder)
    return f"The system refused: {error}"


def became_full(folder: Path) -> bool:
    """Whether the disk under `folder` has so little room that the system can't work."""
    return folder.exists() and shutil.disk_usage(folder).free < SCARCE
