"""Where the gateway is: for this server, and for the browser of whoever reads."""

import os
from dataclasses import dataclass

DEFAULT_GATEWAY = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Settings:
    """`gateway` is called by this process; `public` is what links in the page begin with."""

    gateway: str
    public: str


def read() -> Settings:
    """Settings of the environment: `KIPTHOI_GATEWAY_URL`, `KIPTHOI_GATEWAY_PUBLIC_URL`."""
    gateway = os.environ.get("KIPTHOI_GATEWAY_URL") or DEFAULT_GATEWAY
    public = os.environ.get("KIPTHOI_GATEWAY_PUBLIC_URL") or gateway
    return Settings(gateway.rstrip("/"), public.rstrip("/"))
