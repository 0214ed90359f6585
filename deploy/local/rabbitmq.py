import secrets
import shutil
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from amqp import Message
from amqp.exceptions import AMQPError
from kombu.connection import Connection
from kombu.entity import Queue

from deploy.local import processes
from deploy.local.errors import StackError
from deploy.local.queues import unserved
from deploy.local.server import Server, plain_environment
from deploy.local.steps import step
from deploy.setup.broker import BrokerAdministration
from deploy.setup.rights import USERS, rights_of

ADMIN = "kipthoi"
NODE = "kipthoi@localhost"


@dataclass(frozen=True)
class BrokerPorts:
    """The ports of one private broker, all on loopback."""

    amqp: int
    management: int
    distribution: int
    epmd: int


class RabbitMQ(Server):
    """The distribution's RabbitMQ, private, with its management interface."""

    def __init__(self, home: Path, ports: BrokerPorts) -> None:
        super().__init__(home)
        self.ports = ports
        # There when kept events that its queues lack were sent again: a broker begins without.
        self.refilled = home / "refilled"
        self.title = f"RabbitMQ on 127.0.0.1:{ports.amqp}"

    @property
    def password(self) -> str:
        """The administrator's password, made when the broker was first started."""
        return (self.home / "password").read_text().strip()

    @property
    def management_url(self) -> str:
        """The management interface for people."""
        return f"http://127.0.0.1:{self.ports.management}/"

    @property
    def administration(self) -> BrokerAdministration:
        """The management interface for programs."""
        return BrokerAdministration(self.management_url, ADMIN, self.password)

    def url(self, vhost: str = "/", user: str = ADMIN, password: str | None = None) -> str:
        """The AMQP address; the administrator's unless told."""
        name = "" if vhost == "/" else f"/{quote(vhost, safe='')}"
        return (
            f"amqp://{user}:{password or self.password}@127.0.0.1:{self.ports.amqp}{name or '//'}"
        )

    def create_vhost(self, name: str | None = None) -> str:
        """Make a virtual host (under a fresh name unless told) and return its AMQP address."""
        name = name or f"test-{secrets.token_hex(4)}"
        self.administration.ensure_vhost(name)
        return self.url(name)

    def delete_vhost(self, name: str) -> None:
        """Remove a virtual host with its queues; its connections are closed."""
        self.administration.api("DELETE", f"vhosts/{quote(name, safe='')}")

    def ensure_users(self, secret: Callable[[str], str], vhost: str = "/") -> dict[str, str]:
        """Make the user of each process, its password from `secret`; returns their addresses."""
        for user in USERS:
            self.administration.ensure_user(user, secret(user), rights_of(user), vhost)
        return {user: self.url(vhost, user, secret(user)) for user in USERS}

    def start(self) -> None:
        """Start it unless it runs; one whose disk was full meanwhile is started anew.

        Such a broker answers and stores nothing more, also when there is room again, or it serves
        some of its queues no more. What doesn't come back with a start is given up: the broker
        begins anew, without queues, and `refilled` is gone.
        """
        if self.running and not self._stores():
            self.stop()
        was_running = self.running
        super().start()
        if not unserved(self.administration):
            return
        if was_running:
            self.restart()
        else:
            self._begin_anew()

    def stop(self) -> None:
        """End it in order; data stay.

        Ended together with the rest, its statistics' handler asks somebody who waits for it, until
        five seconds are over; so it goes first. Where that fails, the stop takes longer.
        """
        handler = "gen_event, delete_handler, [rabbit_event, rabbit_mgmt_db_handler, []]"
        asking = f"rpc:call({NODE}, {handler}, 3000), halt()."
        command = ["erl", "-start_epmd", "false", "-sname", "stop@localhost", "-noshell"]
        if self.running:
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(  # noqa: S603 - the command is our own
                    [*command, "-eval", asking],
                    env=self._environment(),
                    cwd=self.home,
                    capture_output=True,
                    check=False,
                    timeout=10,
                )
        super().stop()

    def _begin_anew(self) -> None:
        with step(f"{self.title} could not serve what it kept, and begins anew with empty queues"):
            self._complete.unlink()
            self.stop()
            super().start()

    @property
    def _complete(self) -> Path:
        """There when its first start went well."""
        return self.home / "complete"

    def _stores(self) -> bool:
        """Whether a new quorum queue takes a message; True while it only starts yet."""
        patience = {"read_timeout": 10, "write_timeout": 10}
        name = f"kipthoi.probe-{secrets.token_hex(4)}"
        arguments = {"x-queue-type": "quorum", "x-expires": 60_000}
        try:
            with Connection(
                self.url(), connect_timeout=5, transport_options=patience
            ) as connection:
                channel = connection.channel()
                channel.confirm_select()
                Queue(name, queue_arguments=arguments, channel=channel).queue_declare()
                channel.basic_publish_confirm(Message("", delivery_mode=2), routing_key=name)
                channel.queue_delete(name)
        except ConnectionRefusedError:
            return True
        except (AMQPError, OSError):
            return False
        return True

    def _prepare(self) -> None:
        if not self._complete.exists():  # killed in its first start, or given up: begin anew
            shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(mode=0o700, exist_ok=True)
        if not (self.home / "password").exists():
            (self.home / "password").write_text(secrets.token_hex(16))
        (self.home / "rabbitmq.conf").write_text(
            f"default_user = {ADMIN}\n"
            f"default_pass = {self.password}\n"
            "management.tcp.ip = 127.0.0.1\n"
            f"management.tcp.port = {self.ports.management}\n"
            # Quorum queues hold in memory what stands in their newest log: 512 MB unless told.
            "raft.wal_max_size_bytes = 67108864\n"
            "log.console = true\n"
            "log.console.level = warning\n"
            "log.file = false\n"
        )
        (self.home / "plugins").write_text("[rabbitmq_management].\n")

    def _environment(self, **extra: str) -> dict[str, str]:
        """Where Erlang's programs find each other, and the cookie that lets them talk."""
        address = {"ERL_EPMD_ADDRESS": "127.0.0.1", "ERL_EPMD_PORT": str(self.ports.epmd)}
        return plain_environment(HOME=str(self.home), **address, **extra)

    def _launch(self) -> None:
        environment = self._environment(
            RABBITMQ_CONF_ENV_FILE="/dev/null",
            RABBITMQ_NODENAME=NODE,
            RABBITMQ_NODE_IP_ADDRESS="127.0.0.1",
            RABBITMQ_NODE_PORT=str(self.ports.amqp),
            RABBITMQ_DIST_PORT=str(self.ports.distribution),
            RABBITMQ_MNESIA_BASE=f"{self.home}/mnesia",
            RABBITMQ_LOG_BASE=f"{self.home}/log",
            RABBITMQ_PID_FILE=f"{self.home}/pid",
            RABBITMQ_CONFIG_FILE=f"{self.home}/rabbitmq.conf",
            RABBITMQ_ADVANCED_CONFIG_FILE="/dev/null",
            RABBITMQ_ENABLED_PLUGINS_FILE=f"{self.home}/plugins",
            # Its schedulers sleep when there is nothing to do: others share these processors.
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none"
            " -kernel inet_dist_use_interface {127,0,0,1}",
        )
        # Our own epmd, so that it ends with the broker: the one that Erlang starts outlives it.
        epmd = ["epmd", "-address", "127.0.0.1", "-port", str(self.ports.epmd)]
        for mark, command in ((f"{self.mark}epmd", epmd), (self.main, [str(_program())])):
            processes.spawn(mark, command, env=environment, log=self.log, cwd=self.home)

    def _probe(self) -> None:
        socket.create_connection(("127.0.0.1", self.ports.amqp), timeout=2).close()
        self.administration.api("GET", f"health/checks/port-listener/{self.ports.amqp}")
        self._complete.touch()


def _program() -> Path:
    found = sorted(Path("/usr/lib/rabbitmq/lib").glob("*/sbin/rabbitmq-server"))
    if not found:
        raise StackError("RabbitMQ is not installed: install the package rabbitmq-server")
    return found[-1]
