"""The configuration of the gateway, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


class SettingsError(Exception):
    """The environment lacks a variable or holds a wrong one; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What the gateway needs to start.

    `public_url` is where browsers reach it; https makes the session cookie Secure.
    `dashboard_url` is where a login leads.
    """

    amqp_url: str
    http_host: str
    http_port: int
    public_url: str
    dashboard_url: str

    @property
    def secure_cookie(self) -> bool:
        """Whether the session cookie may travel over TLS only."""
        return self.public_url.startswith("https://")

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; raises `SettingsError`."""
        try:
            host = environ.get("KIPTHOI_HTTP_HOST", "127.0.0.1")
            port = int(environ["KIPTHOI_HTTP_PORT"])
            public_url = environ.get("KIPTHOI_PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
            return cls(
                amqp_url=environ["AMQP_URL"],
                http_host=host,
                http_port=port,
                public_url=public_url,
                dashboard_url=environ.get("KIPTHOI_DASHBOARD_URL", public_url + "/"),
            )
        except KeyError as missing:
            raise SettingsError(f"{missing.args[0]} is not set") from None
        except ValueError:
            raise SettingsError("KIPTHOI_HTTP_PORT is not a number") from None
