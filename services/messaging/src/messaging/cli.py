"""`kipthoi`: the operator's command. Each package adds its part as an entry point.

An entry point of the group `kipthoi.commands` is called as the command that it adds, and is a
function that gets the subparsers; the parsers that it adds set `run`, a function from the parsed
arguments to an exit code.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Final

GROUP: Final = "kipthoi.commands"


class Refused(Exception):
    """What the operator asked for can't be done; the message says why. Exit code 2."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 nothing to do, 2 refused."""
    if arguments is None:
        arguments = sys.argv[1:]
    parser = argparse.ArgumentParser(prog="kipthoi", description="Operate Kịp Thời.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    known = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    # What another command needs takes seconds to load; who names none sees them all.
    named = [point for point in known if point.name in arguments[:1]]
    for entry_point in named or known:
        entry_point.load()(commands)
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
    except Refused as error:
        print(f"kipthoi: {error}", file=sys.stderr)  # noqa: T201  a command talks to a terminal
        return 2
    return code
