"""Events that are not lost and take effect once: outbox, relay, inbox, retries, ledger."""

from typing import TYPE_CHECKING, Any

from messaging import migrations, topology
from messaging.handlers import Handlers, Permanent
from messaging.recording import record, record_all
from messaging.settings import MessagingSettings, RetryPolicy
from messaging.tables import metadata
from messaging.trace import Delivery, Trace

if TYPE_CHECKING:
    from messaging.extension import Messaging

__all__ = [
    "Delivery",
    "Handlers",
    "Messaging",
    "MessagingSettings",
    "Permanent",
    "RetryPolicy",
    "Trace",
    "metadata",
    "migrations",
    "record",
    "record_all",
    "topology",
]


def __getattr__(name: str) -> Any:
    # Only a service process has nameko and eventlet; commands, migrations and tests do without.
    if name == "Messaging":
        from messaging.extension import Messaging  # noqa: PLC0415

        return Messaging
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
