"""The timer of reports as a process that can be killed: `python -m tests.support.ticking URL`.

Reads days (YYYY-MM-DD) from its input; for each it moves business time to eight in the morning of
that day, runs the timer and answers "done".
"""

import sys
from datetime import date, datetime, time

from chassis.clock import VIETNAM
from chassis.database import make_engine
from reports.application import planning, turning
from reports.shipped import kinds
from reports.storage.unit_of_work import open_units


def main(url: str) -> None:
    now = datetime.min.replace(tzinfo=VIETNAM)
    units = open_units(make_engine(url), lambda: now, kinds())
    for line in sys.stdin:
        now = datetime.combine(date.fromisoformat(line.strip()), time(8), VIETNAM)
        planning.plan_all(units)
        turning.turn_all(units)
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
