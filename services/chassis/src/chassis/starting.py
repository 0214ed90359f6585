"""The first thing that a service process does, before it imports anything else."""

import gc
import os
import warnings


def begin(service: str) -> None:
    """Make the process cooperative (eventlet) and its logs JSON."""
    # Nothing that is imported is garbage; `run` switches this on again.
    gc.disable()
    # Names are looked up by the system's resolver, which knows what the machine or the container
    # is told; eventlet's own one, beside that, costs a fifth of the time that a start takes.
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    # eventlet announces its bugfix-only mode on import; decision 0001 accepts it.
    warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")
    import eventlet  # noqa: PLC0415  the filter comes first

    eventlet.monkey_patch()
    import loglines  # noqa: PLC0415  makes its locks after the patch
    from contracts import correlation  # noqa: PLC0415

    chatty = dict.fromkeys(("amqp", "kombu", "nameko.containers"), 30)  # WARNING
    loglines.configure(service, correlation.correlate, chatty)
