"""The process of the ledger service: eventlet first, everything else after it."""

import eventlet

eventlet.monkey_patch()

from tests.component.messaging.ledger import main  # noqa: E402  patched first, imported then

if __name__ == "__main__":
    main()
