"""The only HTTP door of Kịp Thời: public pages and the REST interface. It stores nothing."""

import contracts.rpc.gateway  # noqa: F401 - declares the problems that the gateway itself finds
