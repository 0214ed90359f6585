"""Measuring one contender: at rest, and under so many clients."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

from tests.bench.contender import Contender, Effects, Reader
from tests.bench.crowd import send_crowd
from tests.bench.figures import percentile
from tests.bench.sheets import with_demand

REST_SAMPLES = 40
REST_DEMAND_EVERY = 5
DRAIN_SECONDS = 60.0
GLANCE = 0.01
WARM_UP_CLIENTS, WARM_UP_SECONDS = 8, 1.0


@dataclass(frozen=True)
class Load:
    """One stretch under load. Rates a second, latencies of acceptance in ms, None: not measured.

    `chains`: all accepted answers ÷ the time from the first one's sending until the effects of all
    could be read. `drain`: seconds from the end of the load until then. `wrong`: what went wrong;
    figures of such a stretch don't count. `crowd`: share of one processor that the load took.
    """

    clients: int
    accepted: float
    p50: float
    p95: float
    p99: float
    chains: float | None
    drain: float | None
    crowd: float
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Rest:
    """One answer at a time: ms until it was accepted, ms until all its effects could be read."""

    accepted_p50: float
    accepted_p95: float
    chain_p50: float | None
    chain_p95: float | None


def at_rest(contender: Contender, samples: int = REST_SAMPLES) -> Rest:
    """Send answers one by one, each when the one before has had its effect."""
    reader = Reader(contender.url)
    demanding = cycle(with_demand(contender.sheets, demand=True))
    others = cycle(with_demand(contender.sheets, demand=False))
    accepted, chain = [], []
    for number in range(samples):
        demand = number % REST_DEMAND_EVERY == 0
        sheet = next(demanding if demand else others)
        arrived = contender.watch(sheet) if contender.has_chain else None
        began = time.perf_counter()
        reader.submit(sheet)
        accepted.append(1000 * (time.perf_counter() - began))
        if arrived is not None:
            if wait(arrived, DRAIN_SECONDS, glance=0.0005) is None:
                raise RuntimeError("an answer had no effect")
            chain.append(1000 * (time.perf_counter() - began))
    return Rest(
        percentile(accepted, 50),
        percentile(accepted, 95),
        percentile(chain, 50) if chain else None,
        percentile(chain, 95) if chain else None,
    )


def warm_up(contender: Contender) -> None:
    """Let a small crowd answer for a moment, and wait until nothing of it is under way."""
    under_load(contender, WARM_UP_CLIENTS, WARM_UP_SECONDS)


def under_load(contender: Contender, clients: int, seconds: float) -> Load:
    """Let `clients` answer for some seconds; wait for the effects; compare with the database."""
    stored = contender.stored()
    before = contender.seen() if contender.has_chain else Effects(0, 0)
    tally = send_crowd(contender.url, contender.sheets, clients, seconds=seconds)
    wrong = [f"{what}: {number}" for what, number in tally.errors.items() if number]
    chains = drain = None
    if contender.has_chain:
        goal = before.plus(tally.accepted, tally.demands)
        arrived = wait(lambda: contender.reached(goal), DRAIN_SECONDS)
        if arrived is None:
            wrong.append(f"effects missing: {goal} wanted, {contender.seen()} seen")
        else:
            chains = tally.accepted / (arrived - tally.began)
            drain = max(0.0, arrived - tally.ended)
            if (seen := contender.seen()) != goal:
                wrong.append(f"effects doubled: {goal} wanted, {seen} seen")
    if (new := contender.stored() - stored) != tally.accepted:
        wrong.append(f"accepted {tally.accepted}, stored {new}")
    window = tally.ended - tally.began
    latencies = [1000 * one for one in tally.latencies] or [0.0]
    return Load(
        clients,
        tally.in_time / window,
        percentile(latencies, 50),
        percentile(latencies, 95),
        percentile(latencies, 99),
        chains,
        drain,
        tally.cpu / window,
        tuple(wrong),
    )


def wait(reached: Callable[[], bool], seconds: float, glance: float = GLANCE) -> float | None:
    """Ask until it is so; returns the moment (monotonic), None when it isn't after `seconds`."""
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            return None
        time.sleep(glance)
    return time.monotonic()
