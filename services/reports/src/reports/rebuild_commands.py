"""`kipthoi reports check|rebuild`: the read models, made anew out of the services' events.

Works on the databases themselves, whether the service runs or not.
"""

import argparse
import os
from contextlib import ExitStack
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from chassis.clock import real_clock
from chassis.database import make_engine
from contracts.events import events_for
from messaging.cli import Refused
from messaging.recalling import Archive, Forgotten
from reports.application.rebuilding import Rebuilt, Running, rebuild
from reports.shipped import kinds
from reports.storage.unit_of_work import open_units

SERVICE: Final = "reports"
# Whoever told something that reports takes keeps it.
ARCHIVES: Final = tuple(sorted({name.partition(".")[0] for name in events_for(SERVICE)}))
# PostgreSQL's code for a lock that was waited for long enough.
_LOCK_NOT_AVAILABLE: Final = "55P03"


def add_reports(commands: Any) -> None:
    """Add `reports` to the operator's command."""
    reports = commands.add_parser(
        SERVICE, help="the read models of reports, out of the events"
    ).add_subparsers(required=True, metavar="ACTION")
    summary = "compare the read models with the events; exit code 1 where they differ"
    checking = reports.add_parser("check", help=summary, description=summary)
    checking.set_defaults(run=_check)
    summary = "make the read models anew out of the events, while the service runs or not"
    rebuilding = reports.add_parser("rebuild", help=summary, description=summary)
    rebuilding.set_defaults(run=_rebuild)


def _check(_: argparse.Namespace) -> int:
    return 0 if _run(keep=False).equal else 1


def _rebuild(_: argparse.Namespace) -> int:
    _run(keep=True)
    return 0


def _run(*, keep: bool) -> Rebuilt:
    with ExitStack() as stack:
        own = _engine(stack, SERVICE)
        archive = Archive([_engine(stack, name) for name in ARCHIVES])
        try:
            done = rebuild(open_units(own, real_clock, kinds()), archive.recall, keep=keep)
        except Running:
            raise Refused("another rebuild is under way") from None
        except Forgotten as lost:
            raise Refused(
                f"{len(lost.ids)} events that reports took are kept in none of the databases of"
                f" {', '.join(ARCHIVES)}, the first one is {lost.ids[0]}: nothing is changed"
            ) from None
        except OperationalError as error:
            raise Refused(_why(error)) from None
        except ProgrammingError:
            raise Refused("a database lacks tables of its service: migrate first") from None
    _tell(done, keep=keep)
    return done


def _engine(stack: ExitStack, service: str) -> Engine:
    variable = f"KIPTHOI_{service.upper()}_DATABASE_URL"
    address = os.environ.get(variable)
    if not address:
        raise Refused(f"{variable} is not set")
    engine = make_engine(address)
    stack.callback(engine.dispose)
    return engine


def _why(error: OperationalError) -> str:
    if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
        return "an event has been under way for too long: nothing is changed, try again"
    return "a database doesn't answer: nothing is changed"


def _tell(done: Rebuilt, *, keep: bool) -> None:
    rate = done.events / done.seconds if done.seconds else 0
    _say(
        f"{done.events} events in {done.seconds:.1f} s ({rate:,.0f} a second);"
        f" new ones waited {done.held_seconds:.2f} s"
    )
    for one in done.tables:
        differs = f"{one.missing} missing, {one.changed} changed, {one.superfluous} too many"
        told = "equal" if one.equal else f"{differs}, put right" if keep else differs
        _say(f"{one.table:<15} {one.rows:>9} rows  {told}")


def _say(line: str) -> None:
    print(line)  # noqa: T201 - a command talks to a terminal
