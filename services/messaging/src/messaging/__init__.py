"""Events that are not lost and take effect once: outbox, relay, inbox, retries, ledger."""

from messaging import migrations, topology
from messaging.extension import Messaging
from messaging.handlers import Handlers, Permanent
from messaging.recording import record, record_all
from messaging.settings import MessagingSettings, RetryPolicy
from messaging.tables import metadata
from messaging.trace import Delivery, Trace

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
