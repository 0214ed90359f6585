"""`kipthoi documents check|retry`: Word files by the rules of layout, PDFs that failed.

`check` reads files and nothing else; `retry` works on the database of reports itself. Neither needs
the service.
"""

import argparse
import os
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import OperationalError, ProgrammingError

from chassis.database import make_engine
from messaging.cli import Refused
from reports.domain.documents.checking import check
from reports.domain.documents.layout import in_force
from reports.shipped import document_layouts
from reports.storage.documents import DocumentRepository

VARIABLE: Final = "KIPTHOI_REPORTS_DATABASE_URL"


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
    summary = "make the PDFs that failed once more; exit code 1 where there are none"
    retrying = documents.add_parser("retry", help=summary, description=summary)
    retrying.set_defaults(run=_retry)


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


def _retry(_: argparse.Namespace) -> int:
    address = os.environ.get(VARIABLE)
    if not address:
        raise Refused(f"{VARIABLE} is not set")
    engine = make_engine(address)
    try:
        with engine.begin() as connection:
            found = DocumentRepository(connection).convert_failed_again()
    except OperationalError:
        raise Refused("the database doesn't answer") from None
    except ProgrammingError:
        raise Refused("the database has no tables of reports: migrate first") from None
    finally:
        engine.dispose()
    _say(f"{found} PDFs are tried again")
    return 0 if found else 1


def _say(line: str) -> None:
    print(line)  # noqa: T201 - a command talks to a terminal
