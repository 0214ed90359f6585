"""What a service tells messaging: `container.config["MESSAGING"]`."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from messaging.handlers import Handlers


@dataclass(frozen=True)
class RetryPolicy:
    """A failed reaction waits `first` seconds, each time `factor` times longer, at most `longest`.

    After `attempts` failures it is parked. The defaults spread eight attempts over two hours.
    """

    first: float = 2.0
    factor: float = 4.0
    longest: float = 3600.0
    attempts: int = 8

    def delay(self, attempts: int) -> float:
        """Return the seconds to wait after the `attempts`-th failure (1, 2, …)."""
        return min(self.longest, self.first * self.factor ** (attempts - 1))


@dataclass(frozen=True)
class MessagingSettings:
    """One service's messaging. Inside eventlet `engine` speaks psycopg2, elsewhere psycopg 3.

    Messaging holds up to 6 connections of the engine's pool at once: relay, one per lane (main,
    fast, dead), retry sweep, gauges.
    """

    service: str
    engine: Engine
    amqp_url: str
    handlers: Handlers
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    chunk: int = 200  # messages in one transaction at most
    prefetch: int = 400  # one chunk at work, the next already here
    relay_batch: int = 500
    sweep_seconds: float = 1.0  # the net behind wake-ups of relay and retries
    gauge_seconds: float = 5.0
