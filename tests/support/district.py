"""A real system with two schools under two offices, and an account for each role."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from gateway.access import DISTRICT, STAFF
from tests.support.system import FIRST_PASSWORD, System, running_system

OWN, FOREIGN = "hoa-cuc-mau", "hoa-dao-mau"
OFFICES = {OWN: "phong-mau", FOREIGN: "phong-khac-mau"}
# What stands for the parameters of a route's path; others are ids of nothing.
VALUES = {"school": OWN, "slug": "open000000000000", "unit": OWN, "day": "2024-03-01"}


def path_of(route: str, **changed: str) -> tuple[str, str]:
    """Return method and path of a line of the route table, its parameters filled in."""
    method, _, template = route.partition(" ")
    values = VALUES | changed
    return method, re.sub(r"{(\w+)}", lambda m: values.get(m[1], str(uuid4())), template)


@dataclass
class RealDistrict:
    """A real system with two schools under two offices, and a token for each role.

    `tokens` are those of the roles at the own school and office; "foreign principal", "foreign
    clerk" and "foreign district_officer" act at the other ones.
    """

    system: System
    client: httpx.Client
    tokens: dict[str, str] = field(default_factory=dict)

    def ask(self, route: str, role: str, path: dict[str, str] | None = None, **options: Any) -> Any:
        """Call a route in a role; `path` names the values of its parameters."""
        method, address = path_of(route, **(path or {}))
        headers = options.pop("headers", {}) | {"Authorization": f"Bearer {self.tokens[role]}"}
        if method != "GET" and "content" not in options:
            options.setdefault("json", {})
        return self.client.request(method, address, headers=headers, **options)

    def make(self, path: str, **body: Any) -> Any:
        """Make something as the operator."""
        headers = {"Authorization": f"Bearer {self.tokens['operator']}"}
        made = self.client.post(f"/api/v1{path}", json=body, headers=headers)
        assert made.status_code == 201, made.text
        return made.json()

    def log_in(self, role: str, username: str, password: str) -> None:
        """Log in with a first password and change it."""
        opened = self.client.post(
            "/api/v1/login", json={"username": username, "password": password}
        )
        self.tokens[role] = opened.raise_for_status().json()["token"]
        changed = self.client.post(
            "/api/v1/me/password",
            json={"old": password, "new": secrets.token_urlsafe(16)},
            headers={"Authorization": f"Bearer {self.tokens[role]}"},
        )
        changed.raise_for_status()
        self.client.cookies.clear()


@contextmanager
def real_district(postgres: PostgreSQL, broker: RabbitMQ, folder: Path) -> Iterator[RealDistrict]:
    """Start the system and settle it; in the end no service may have logged a traceback."""
    with (
        running_system(postgres, broker, folder) as system,
        httpx.Client(base_url=system.url, timeout=30, trust_env=False) as client,
    ):
        district = RealDistrict(system, client)
        settle(district)
        yield district
    for log in folder.glob("*.log"):
        assert "Traceback" not in log.read_text(), log.name


def settle(district: RealDistrict) -> None:
    """Make two offices with a school each, all roles at the first, three at the second."""
    district.log_in("operator", "vanhanh", FIRST_PASSWORD)
    for school, office in OFFICES.items():
        district.make("/units", code=office, title=f"Phòng {office}", kind="authority")
        district.make(
            "/schools",
            code=school,
            title=f"Trường {school}",
            level="kindergarten",
            opened_on="2020-01-01",
            parents={"administrative": office},
        )
    own = [(role, OWN, role) for role in sorted(STAFF - {"operator"})]
    foreign = [
        (f"foreign {role}", FOREIGN, role) for role in ("district_officer", "principal", "clerk")
    ]
    for name, school, role in own + foreign:
        account = district.make(
            "/accounts",
            username=name.replace(" ", "."),
            display_name="Người mẫu",
            role=role,
            unit=OFFICES[school] if role in DISTRICT else school,
        )
        district.log_in(name, account["username"], account["initial_password"])
