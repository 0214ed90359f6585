"""Every metric of messaging. Labels are event names, states and reasons: all bounded."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from contracts.events import EVENTS

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600)

outbox_events: Final = Gauge("kipthoi_outbox_events", "Events recorded and not yet published")
outbox_oldest_seconds: Final = Gauge(
    "kipthoi_outbox_oldest_seconds", "Age of the oldest event not yet published"
)
published: Final = Counter(
    "kipthoi_events_published_total", "Events confirmed by the broker", ["event"]
)
refused: Final = Counter(
    "kipthoi_events_refused_total", "Events that the broker refused or could not route", ["event"]
)
consumed: Final = Counter(
    "kipthoi_events_consumed_total",
    "Events taken over, by outcome: done, duplicate, retrying, parked",
    ["event", "outcome"],
)
batch_events: Final = Histogram(
    "kipthoi_batch_events", "Events in one transaction", buckets=(1, 2, 5, 10, 20, 50, 100, 200)
)
handler_seconds: Final = Histogram(
    "kipthoi_handler_seconds", "Run of a handler over its part of a batch", ["event"]
)
reaction_seconds: Final = Histogram(
    "kipthoi_reaction_seconds",
    "From the recording of an event to its committed effect, real clock",
    ["event"],
    buckets=_SECONDS,
)
repeats: Final = Counter(
    "kipthoi_transaction_repeats_total",
    "Transactions repeated without spending an attempt, by cause: collision, outage",
    ["cause"],
)
for _cause in ("collision", "outage"):  # 0 from the start: what is not there can't be told from it
    repeats.labels(_cause)
retries: Final = Counter("kipthoi_reaction_retries_total", "Attempts after the first", ["event"])
parked: Final = Counter(
    "kipthoi_reactions_parked_total",
    "Reactions that now wait for the operator",
    ["event", "reason"],
)
reactions: Final = Gauge(
    "kipthoi_reactions", "Reactions in the ledger that are not finished", ["event", "state"]
)
broker_connected: Final = Gauge(
    "kipthoi_broker_connected", "1 while the connection stands", ["role"]
)
broker_blocked: Final = Gauge(
    "kipthoi_broker_blocked", "1 while an alarm keeps the broker from taking events"
)
consumer_paused: Final = Gauge(
    "kipthoi_consumer_paused", "1 while the lane waits for the database", ["lane"]
)
loop_errors: Final = Counter(
    "kipthoi_messaging_loop_errors_total", "Rounds of a background loop that failed", ["loop"]
)


def label(event: str) -> str:
    """Return the event's name as a label; "unknown" for names that came from outside."""
    return event if event in EVENTS else "unknown"
