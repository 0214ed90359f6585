"""The configuration of one service process, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.clock import Clock, business_clock


class SettingsError(Exception):
    """The environment lacks a variable or holds a wrong one; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What a service needs to start. Databases and brokers have no defaults, secrets neither."""

    service: str
    env: str
    database_url: str
    amqp_url: str
    http_host: str
    http_port: int
    clock: Clock
    workers: int

    @classmethod
    def read(cls, service: str, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings of `service`; raises `SettingsError`."""
        try:
            env = environ.get("KIPTHOI_ENV", "production")
            return cls(
                service=service,
                env=env,
                database_url=environ[f"KIPTHOI_{service.upper()}_DATABASE_URL"],
                amqp_url=environ["AMQP_URL"],
                http_host=environ.get("KIPTHOI_HTTP_HOST", "127.0.0.1"),
                http_port=int(environ["KIPTHOI_HTTP_PORT"]),
                clock=business_clock(env, environ.get("KIPTHOI_CLOCK_FILE")),
                workers=int(environ.get("KIPTHOI_WORKERS", "10")),
            )
        except KeyError as missing:
            raise SettingsError(f"{missing.args[0]} is not set") from None
        except ValueError as wrong:
            raise SettingsError(str(wrong)) from None
