"""Declare all exchanges and queues at `AMQP_URL`: `python -m deploy.local.topology`."""

import os

from messaging import topology

if __name__ == "__main__":
    topology.apply(os.environ["AMQP_URL"])
