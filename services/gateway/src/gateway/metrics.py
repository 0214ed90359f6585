"""Every metric of the gateway, declared here alone."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

requests = Counter(
    "kipthoi_gateway_requests_total",
    "HTTP requests by route template",
    ["route", "method", "status"],
)
request_seconds = Histogram(
    "kipthoi_gateway_request_seconds",
    "Time until the response was complete",
    ["route", "method"],
    buckets=SECONDS,
)
requests_in_flight = Gauge(
    "kipthoi_gateway_requests_in_flight", "HTTP requests that are being handled"
)
rpc_seconds = Histogram(
    "kipthoi_gateway_rpc_seconds",
    "Time that a service took to answer, or failed to",
    ["service", "method"],
    buckets=SECONDS,
)
batch_size = Histogram(
    "kipthoi_gateway_batch_size",
    "Answers that left in one batch",
    buckets=(1, 2, 5, 10, 20, 50, 100, 150, 200),
)
batches_in_flight = Gauge(
    "kipthoi_gateway_batches_in_flight", "Batches of answers that surveys has not answered"
)
answers_waiting = Gauge("kipthoi_gateway_answers_waiting", "Answers that wait for the next batch")
