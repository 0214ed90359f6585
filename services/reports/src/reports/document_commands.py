"""`kipthoi documents check` tells whether Word files keep the rules of layout.

Reads files and nothing else; it needs neither database nor service.
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from messaging.cli import Refused
from reports.domain.documents.checking import check
from reports.domain.documents.layout import in_force
from reports.shipped import document_layouts


def add_documents(commands: Any) -> None:
    """Add `documents` to the operator's command."""
    documents = commands.add_parser("documents", help="official documents").add_subparsers(
        required=True, metavar="ACTION"
    )
    summary = "read Word files back by the rules of layout; exit code 1 where one breaks them"
    checking = documents.add_parser("check", help=summary, description=summary)
    checking.add_argument("files", nargs="+", type=Path, metavar="FILE.docx")
    checking.add_argument(
        "--issued-on",
        type=date.fromisoformat,
        default=None,
        metavar="YYYY-MM-DD",
        help="by the rules of that day; without it by the newest",
    )
    checking.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    layouts = document_layouts()
    rules = in_force(layouts, options.issued_on) if options.issued_on else layouts[-1]
    wrong = 0
    for path in options.files:
        try:
            faults = check(path.read_bytes(), rules)
        except OSError as error:
            raise Refused(f"{path}: {error.strerror}") from None
        wrong += bool(faults)
        for fault in faults:
            _say(f"{path}: {fault}")
    _say(f"{len(options.files)} files, {len(options.files) - wrong} keep {rules.legal_basis}")
    return 1 if wrong else 0


def _say(line: str) -> None:
    print(line)  # noqa: T201 - a command talks to a terminal
