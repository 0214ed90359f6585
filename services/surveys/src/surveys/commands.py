"""`kipthoi results check` tells whether stored results agree with the answers behind them.

Works on the database of surveys itself, without any service, and changes nothing.
"""

import argparse
import os
from typing import Any, Final

from sqlalchemy.exc import OperationalError, ProgrammingError

from chassis.clock import real_clock
from chassis.database import make_engine
from messaging.cli import Refused
from surveys.application.recounting import recount
from surveys.storage.unit_of_work import open_units

VARIABLE: Final = "KIPTHOI_SURVEYS_DATABASE_URL"


def add_results(commands: Any) -> None:
    """Add `results` to the operator's command."""
    results = commands.add_parser("results", help="the results of surveys").add_subparsers(
        required=True, metavar="ACTION"
    )
    summary = "count all closed campaigns anew; exit code 1 where stored figures differ"
    checking = results.add_parser("check", help=summary, description=summary)
    checking.set_defaults(run=_check)


def _check(_: argparse.Namespace) -> int:
    address = os.environ.get(VARIABLE)
    if not address:
        raise Refused(f"{VARIABLE} is not set")
    engine = make_engine(address)
    campaigns = wrong = 0
    try:
        for campaign_id, differences in recount(open_units(engine, real_clock)):
            campaigns += 1
            if differences:
                wrong += 1
                _say(f"{campaign_id}  {differences} figures differ from the answers")
    except OperationalError:
        raise Refused("the database doesn't answer") from None
    except ProgrammingError:
        raise Refused("the database has no tables of surveys: migrate first") from None
    finally:
        engine.dispose()
    _say(f"{campaigns} closed campaigns, {campaigns - wrong} agree with their answers")
    return 1 if wrong else 0


def _say(line: str) -> None:
    print(line)  # noqa: T201 - a command talks to a terminal
