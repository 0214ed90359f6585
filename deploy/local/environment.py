"""What each process of the stack finds in its environment (docs/configuration.md)."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.local.errors import StackError
from deploy.local.parts import DASHBOARD, GATEWAY, SERVICES, Part

NOT_HELD: Final = re.compile(r"[\"\n]|\s[;#]")


@dataclass(frozen=True)
class Addresses:
    """Where everything of one stack is found."""

    amqp: str
    broker_users: Mapping[str, str]
    databases: Mapping[str, str]
    ports: Mapping[str, int]
    folder: Path
    operator_password: str

    @property
    def clock(self) -> Path:
        """The file that moves business time."""
        return self.folder / "clock"

    def http(self, part: Part) -> str:
        """The address of a process, for people and for other processes."""
        return f"http://127.0.0.1:{self.ports[part.name]}"


def common(addresses: Addresses) -> dict[str, str]:
    """What every process gets."""
    return {
        "KIPTHOI_ENV": "local",
        "KIPTHOI_CLOCK_FILE": str(addresses.clock),
        "KIPTHOI_GATEWAY_URL": addresses.http(GATEWAY),
        "KIPTHOI_GATEWAY_PUBLIC_URL": addresses.http(GATEWAY),
        "KIPTHOI_PUBLIC_URL": addresses.http(GATEWAY),
        "KIPTHOI_DASHBOARD_URL": addresses.http(DASHBOARD),
    }


def of_part(part: Part, addresses: Addresses) -> dict[str, str]:
    """What one process gets: its own database and broker user, and none for the dashboard."""
    port = str(addresses.ports[part.name])
    environment = common(addresses) | {
        "KIPTHOI_HTTP_HOST": "127.0.0.1",
        "KIPTHOI_HTTP_PORT": port,
        "KIPTHOI_CODE": part.code_version(),
    }
    if part.owns_database:
        environment[part.database_variable] = addresses.databases[part.name]
    if part is DASHBOARD:
        environment["STREAMLIT_SERVER_PORT"] = port
    else:
        environment["AMQP_URL"] = addresses.broker_users[part.name]
    if part.name == "directory":
        environment["KIPTHOI_OPERATOR_PASSWORD"] = addresses.operator_password
    if part.name == "reports":
        environment |= mail_server()
    return environment


def mail_server() -> dict[str, str]:
    """The mail server that the caller named; with none, mails wait.

    Raises `StackError` for a value that the supervisor's configuration can't hold.
    """
    found = {key: value for key, value in os.environ.items() if key.startswith("KIPTHOI_SMTP_")}
    for key, value in found.items():
        if NOT_HELD.search(value):
            raise StackError(
                f"{key} holds a quotation mark, a line break, or a ; or # after a space: the "
                "private stack can't hand it on."
            )
    return found


def of_operator(addresses: Addresses) -> dict[str, str]:
    """What the programs get that prepare, play or inspect the stack: every address there is."""
    environment = common(addresses) | {
        "KIPTHOI_RUN_DIR": str(addresses.folder),
        "AMQP_URL": addresses.amqp,
        "KIPTHOI_OPERATOR_PASSWORD": addresses.operator_password,
    }
    for part in SERVICES:
        environment[part.database_variable] = addresses.databases[part.name]
    for part in (*SERVICES, GATEWAY):
        environment[f"KIPTHOI_{part.name.upper()}_METRICS_URL"] = f"{addresses.http(part)}/metrics"
    return environment
