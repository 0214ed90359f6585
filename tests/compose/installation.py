"""An installation as a district has it: made by `init-env` and `docker compose up`."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from deploy.local.play.api import Api, login
from tests.support.eventually import eventually

ROOT = Path(__file__).parents[2]
BASE = ROOT / "docker-compose.yml"
URL = "https://localhost"
PROJECT = "kipthoi-test"
OPERATOR = "vanhanh"
PASSWORD = "cua-rieng-toi-1357"
OURS = ("directory", "surveys", "inspections", "reports", "gateway", "dashboard")
SERVICES = ("directory", "surveys", "inspections", "reports")
AUTHORITY = "/data/caddy/pki/authorities/local/root.crt"
KNOWN = {
    "DOMAIN": "localhost",
    "SMTP_HOST": "mail:2525",
    "SMTP_FROM": "kipthoi@example.vn",
    "SMTP_TLS": "false",
    "ALERT_MAIL_OPERATOR": "it@example.vn",
    "ALERT_MAIL_DISTRICT": "phong@example.vn",
    "ALERT_MAIL_SCHOOLS": "con-thuyen-la=hieutruong@example.vn",
}


@dataclass
class Installation:
    """One compose project; `files` are its compose files, `environ` what they interpolate."""

    folder: Path
    files: tuple[Path, ...] = (BASE,)
    environ: dict[str, str] = field(default_factory=dict)
    url: str = URL

    @property
    def env_file(self) -> Path:
        """Its `.env`."""
        return self.folder / "env"

    def make_env(self) -> None:
        """Make its `.env` as an administrator would."""
        given = [f"{name}={value}" for name, value in KNOWN.items()]
        environ = os.environ | {"ENV_FILE": str(self.env_file)}
        subprocess.run([ROOT / "deploy" / "init-env", *given], env=environ, check=True)  # noqa: S603

    def secret(self, name: str) -> str:
        """A value of its `.env`."""
        lines = self.env_file.read_text("utf-8").splitlines()
        values = dict(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")
        return values[name].strip("'")

    def compose(self, *arguments: str) -> str:
        """Run `docker compose …` and return what it printed; its errors are in the exception."""
        files = [part for file in self.files for part in ("--file", str(file))]
        head = ["docker", "compose", "--ansi=never", f"--project-name={PROJECT}"]
        return run(*head, f"--env-file={self.env_file}", *files, *arguments, environ=self.environ)

    def script(self, name: str, *arguments: str) -> str:
        """Run a command of an administrator, `deploy/<name>`."""
        told = {"COMPOSE_PROJECT_NAME": PROJECT, "COMPOSE_ENV_FILES": str(self.env_file)}
        return run(str(ROOT / "deploy" / name), *arguments, environ=told)

    def trust(self) -> None:
        """Let HTTP clients of this process believe the certificates of its own authority."""
        authority = self.folder / "authority.crt"
        authority.write_text(self.compose("exec", "--no-TTY", "caddy", "cat", AUTHORITY))
        os.environ["SSL_CERT_FILE"] = str(authority)

    def containers(self) -> dict[str, dict[str, Any]]:
        """What the engine knows of each container, by service."""
        ids = self.compose("ps", "--all", "--quiet").split()
        told = json.loads(run("docker", "inspect", *ids)) if ids else []
        return {one["Config"]["Labels"]["com.docker.compose.service"]: one for one in told}

    def address(self, service: str) -> str:
        """The address at which this machine reaches a container."""
        networks = self.containers()[service]["NetworkSettings"]["Networks"].values()
        return str(next(one["IPAddress"] for one in networks if one["IPAddress"]))

    def crash(self, service: str) -> None:
        """Kill its process from outside, as a lack of memory would; the engine starts it anew."""
        before = self.containers()[service]["State"]
        os.kill(before["Pid"], signal.SIGKILL)

        def again() -> bool:
            now = self.containers()[service]["State"]
            return bool(now["StartedAt"] != before["StartedAt"] and now["Running"])

        eventually(again, timeout=60, message=f"{service} is started anew")

    def wait_healthy(self, *services: str) -> None:
        """Wait until containers say that they are ready."""

        def healthy() -> bool:
            told = self.containers()
            return all(told[one]["State"]["Health"]["Status"] == "healthy" for one in services)

        eventually(healthy, timeout=120, message=f"{services} are healthy")

    def inside(self, service: str, program: str) -> str:
        """Run a Python program in a container; returns what it printed."""
        return self.compose("exec", "--no-TTY", service, "python", "-c", program).strip()

    def rows(self, service: str, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database of a service, as PostgreSQL's administrator."""
        with psycopg.connect(
            host=self.address("postgres"),
            user="kipthoi",
            password=self.secret("POSTGRES_PASSWORD"),
            dbname=service,
        ) as connection:
            return connection.execute(sql).fetchall()  # our own SQL

    def unsettled(self) -> dict[str, int]:
        """Return what is still on its way or stuck: events to publish, reactions not done."""
        found: dict[str, int] = {}
        for service in SERVICES:
            [(outbox,)] = self.rows(service, "SELECT count(*) FROM outbox")
            [(reactions,)] = self.rows(
                service, "SELECT count(*) FROM reactions WHERE state IN ('retrying', 'parked')"
            )
            found |= {f"{service} outbox": outbox, f"{service} reactions": reactions}
        return {what: count for what, count in found.items() if count}

    def first_account(self) -> str:
        """Make the operator's account as the guide says; returns its initial password."""
        printed = self.compose("exec", "--no-TTY", "directory", "kipthoi", "users", "add", OPERATOR)
        return printed.partition("initial password: ")[2].split()[0]

    def operator(self) -> Api:
        """Log the first account in, who chooses a password of their own first."""
        first = self.first_account()
        with Api(self.url, login(self.url, OPERATOR, first)) as newcomer:
            newcomer.post("/me/password", {"old": first, "new": PASSWORD})
        return Api(self.url, login(self.url, OPERATOR, PASSWORD))


def run(*command: str, environ: dict[str, str] | None = None) -> str:
    """Run a command; raises RuntimeError with all that it printed."""
    done = subprocess.run(  # noqa: S603 - our own commands
        command,
        cwd=ROOT,
        env=os.environ | (environ or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        told = (done.stdout + done.stderr)[-4000:]
        raise RuntimeError(f"{' '.join(command)} exited with {done.returncode}:\n{told}")
    return done.stdout


@contextmanager
def installed(installation: Installation) -> Iterator[Installation]:
    """Bring it up, ready and trusted by this process; in the end nothing of it is left."""
    installation.make_env()
    installation.compose("down", "--volumes", "--remove-orphans")  # of a run that was killed
    try:
        installation.compose("up", "--detach", "--build", "--wait")
        installation.trust()
        yield installation
    finally:
        os.environ.pop("SSL_CERT_FILE", None)
        installation.compose("down", "--volumes", "--remove-orphans", "--timeout=20")
        assert not run("docker", "volume", "ls", "-q", f"--filter=name={PROJECT}_").split()
