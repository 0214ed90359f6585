"""Play the main job: `python -m deploy.local.play`, on the stack that the environment names.

Reads KIPTHOI_GATEWAY_URL, KIPTHOI_CLOCK_FILE, KIPTHOI_RUN_DIR, KIPTHOI_REPORTS_METRICS_URL and the
operator's first password KIPTHOI_OPERATOR_PASSWORD. Exits 0 only if everything really happened.
"""

import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import httpx

from deploy.local.clock import set_business_time
from deploy.local.play import outcome, quarter, sample
from deploy.local.play.api import Api, RefusedError, login
from deploy.local.play.chronicle import Chronicle
from deploy.local.play.outcome import NotSoError
from deploy.local.play.quarter import Stage
from deploy.local.play.waiting import DidNotHappenError, until

OPERATOR = "vanhanh"


def say(line: str) -> None:
    """Tell the person at the terminal, at once."""
    sys.stdout.write(f"  · {line}\n")
    sys.stdout.flush()


def play() -> None:
    """Load the sample, play the quarter, check and print what happened."""
    start = time.monotonic()
    url = os.environ["KIPTHOI_GATEWAY_URL"]
    run_dir = Path(os.environ["KIPTHOI_RUN_DIR"])
    chronicle = Chronicle(run_dir / "main-job.json")
    district = sample.read_district()
    clock_file = Path(os.environ["KIPTHOI_CLOCK_FILE"])
    with ExitStack() as stack:
        if not chronicle.has("clock"):
            set_business_time(clock_file, quarter.morning("2024-02-26"))
            chronicle.keep("clock", "2024-02-26")
        operator = stack.enter_context(Api(url, _operator(url, chronicle)))
        sample.load(operator, district, chronicle, url)
        stage = Stage(
            url=url,
            clock_file=clock_file,
            district=district,
            chronicle=chronicle,
            officer=stack.enter_context(_account(url, "chuyenvien", chronicle)),
            heads={
                a["unit"]: stack.enter_context(_account(url, a["username"], chronicle))
                for a in district["accounts"]
                if a["role"] == "principal"
            },
            say=say,
        )
        for step in (
            quarter.open_campaigns,
            quarter.answer,
            quarter.report_demand,
            quarter.inspect,
            quarter.close_campaigns,
            quarter.report,
        ):
            if not chronicle.has(f"done {step.__name__}"):
                step(stage)
                chronicle.keep(f"done {step.__name__}", value=True)
        _tell(stage, os.environ["KIPTHOI_REPORTS_METRICS_URL"])
    say(f"the main job took {time.monotonic() - start:.1f} s")


def _operator(url: str, chronicle: Chronicle) -> str:
    """Log the operator in, changing the first password on the first run."""
    known, planned = f"password {OPERATOR}", "operator's next password"
    if not chronicle.has(known):
        if not chronicle.has(planned):
            chronicle.keep(planned, sample.new_password())
        first, chosen = os.environ["KIPTHOI_OPERATOR_PASSWORD"], chronicle.facts[planned]
        try:
            with Api(url, login(url, OPERATOR, first)) as owner:
                owner.post("/me/password", {"old": first, "new": chosen})
        except RefusedError:  # a run that was killed had changed it: then the chosen one opens
            login(url, OPERATOR, chosen)
        chronicle.keep(known, chosen)
    return login(url, OPERATOR, chronicle.facts[known])


def _account(url: str, username: str, chronicle: Chronicle) -> Api:
    return Api(url, login(url, username, chronicle.facts[f"password {username}"]))


def _tell(stage: Stage, metrics_url: str) -> None:
    """Print the outcome; metrics are computed now and then, so they are asked until they agree."""
    for part in (outcome.satisfaction, outcome.inspections, outcome.reports):
        sys.stdout.write("\n".join(["", *part(stage)]) + "\n")

    def agree() -> list[str]:
        try:
            return list(outcome.metrics(metrics_url))
        except NotSoError:
            return []

    try:
        shown = until(agree, "Prometheus' view of the reports", pause=0.5)
    except DidNotHappenError:
        shown = list(outcome.metrics(metrics_url))  # says what is missing
    sys.stdout.write("\n" + "\n".join([*shown, "", *outcome.forms(stage)]) + "\n\n")
    accounts = [(OPERATOR, "operator", "–")]
    accounts += [(a["username"], a["role"], a["unit"]) for a in stage.district["accounts"]]
    rows = [(*a, str(stage.chronicle.facts[f"password {a[0]}"])) for a in accounts]
    heads = ("Account", "Role", "Unit", "Password (made for this stack alone)")
    sys.stdout.write("\n".join(["Accounts", *outcome.table(heads, rows)]) + "\n\n")


def main() -> None:
    """Play; on failure say what did not happen and exit 1."""
    try:
        play()
    except (DidNotHappenError, NotSoError) as why:
        raise SystemExit(f"The main job failed: {why}") from None
    except RefusedError as refused:
        raise SystemExit(f"The main job failed, the gateway refused: {refused}") from None
    except httpx.HTTPError as broken:
        raise SystemExit(f"The main job failed, no answer from the gateway: {broken}") from None
    except OSError as error:
        raise SystemExit(f"The main job failed, the machine refused: {error}") from None


if __name__ == "__main__":
    main()
