"""The first thing that a service process does, before it imports anything else."""

import warnings


def begin(service: str) -> None:
    """Make the process cooperative (eventlet) and its logs JSON."""
    # eventlet announces its bugfix-only mode on import; decision 0001 accepts it.
    warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated")
    import eventlet  # noqa: PLC0415  the filter comes first

    eventlet.monkey_patch()
    from contracts import logs  # noqa: PLC0415  makes its locks after the patch

    chatty = dict.fromkeys(("amqp", "kombu", "nameko.containers"), 30)  # WARNING
    logs.configure(service, chatty)
