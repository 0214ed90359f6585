"""The local stack: `python -m deploy.local run|stop|erase|backup|restore`, as make calls it."""

import argparse
import sys
from pathlib import Path

from deploy.local import servers, stack
from deploy.local.disk import became_full, explain, full
from deploy.local.errors import StackError
from deploy.local.folder import stack_folder


def main() -> int:
    """Do what the command line says; what goes wrong is told in sentences."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="start everything and play the main job")
    run.add_argument("--servers-only", action="store_true", help="start the two servers, no more")
    run.add_argument("--no-play", action="store_true", help="start everything, play nothing")
    commands.add_parser("stop", help="end every process of this stack; data stay")
    commands.add_parser("erase", help="stop, and remove the data")
    backup = commands.add_parser("backup", help="keep data and passwords in one file")
    backup.add_argument("file", type=Path, nargs="?", help="where (default: beside the data)")
    restore = commands.add_parser("restore", help="bring a stack back from such a file, start it")
    restore.add_argument("file", type=Path)
    options = parser.parse_args()
    folder = Path("the run folder")
    try:
        folder = stack_folder()
        if options.command == "run":
            status = stack.run(folder, servers_only=options.servers_only, play=not options.no_play)
            return _fail("", folder, status) if status else 0
        if options.command in {"backup", "restore"}:
            # What reads and writes databases takes long to load; the other commands need none.
            from deploy.local import safekeeping  # noqa: PLC0415

            keep = options.command == "backup"
            (safekeeping.keep if keep else safekeeping.bring_back)(folder, options.file)
        else:
            (stack.stop if options.command == "stop" else stack.erase)(folder)
    except StackError as error:
        return _fail(str(error), folder)
    except OSError as error:
        return _fail(explain(error, folder), folder)
    except KeyboardInterrupt:
        return _fail(
            "Interrupted. `make run` carries on, `make stop` ends what was started.", folder, 130
        )
    return 0


def _fail(message: str, folder: Path, status: int = 1) -> int:
    """Say why, and that the disk is full where it may be the cause; end what it has harmed."""
    reasons = [message] if message else []
    is_full = became_full(folder) or "No space left on device" in message
    if is_full and full(folder) not in message:
        reasons.append(full(folder))
    if is_full:
        servers.stop_broker(folder)
    if reasons:
        print("\n✗ " + "\n".join(reasons), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
