"""RabbitMQ's management interface: virtual hosts, users and what they may do."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

import httpx

from deploy.setup.rights import Rights


@dataclass(frozen=True)
class BrokerAdministration:
    """Asks the management interface at `url` ("http://host:15672/") as its administrator."""

    url: str
    user: str
    password: str

    def ensure_vhost(self, name: str) -> None:
        """Make a virtual host in which the administrator may do everything."""
        self.api("PUT", f"vhosts/{_quoted(name)}")
        self._permit(self.user, name, Rights(".*", ".*", ".*"))

    def ensure_user(self, name: str, password: str, rights: Rights, vhost: str = "/") -> None:
        """Make or change a user: exactly these rights in the virtual host."""
        self.api("PUT", f"users/{_quoted(name)}", {"password": password, "tags": ""})
        self._permit(name, vhost, rights)

    def api(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Return the decoded answer, None when it is empty; raises `httpx.HTTPError`."""
        auth = (self.user, self.password)
        answer = asking().request(method, f"{self.url}api/{path}", json=body, auth=auth)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def _permit(self, user: str, vhost: str, rights: Rights) -> None:
        where = f"{_quoted(vhost)}/{_quoted(user)}"
        patterns = {"configure": rights.configure, "write": rights.write, "read": rights.read}
        self.api("PUT", f"permissions/{where}", patterns)
        for exchange, (write, read) in rights.topics.items():
            keys = {"exchange": exchange, "write": write, "read": read}
            self.api("PUT", f"topic-permissions/{where}", keys)


@cache
def asking() -> httpx.Client:
    """The one client: to make another takes longer than to ask. It keeps no connection open."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(timeout=20, trust_env=False, limits=limits)


def _quoted(name: str) -> str:
    return quote(name, safe="")
