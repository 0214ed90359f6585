"""The processes of the system: what each is called, how it starts, where it listens."""

import hashlib
from dataclasses import dataclass

from deploy.local.folder import REPOSITORY

SHARED = ("contracts", "workdays", "messaging", "chassis")


@dataclass(frozen=True)
class Part:
    """One process; `port` is the one that it gets when nobody else has it."""

    name: str
    port: int
    command: str
    ready: str = "/health/ready"
    owns_database: bool = True

    @property
    def database_variable(self) -> str:
        """The environment variable with the address of its database."""
        return f"KIPTHOI_{self.name.upper()}_DATABASE_URL"

    def code_version(self) -> str:
        """Changes when a file does that this process runs, so that it is started anew then."""
        folders = [REPOSITORY / "services" / name for name in (*SHARED, self.name)]
        digest = hashlib.sha256()
        for folder in (*folders, REPOSITORY / self.name, REPOSITORY / "requirements"):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.suffix != ".pyc":
                    stat = path.stat()
                    digest.update(
                        f"{path}{stat.st_mtime_ns}{stat.st_size}".encode(errors="replace")
                    )
        return digest.hexdigest()[:16]


SERVICES = (
    Part("directory", 8101, "python -m directory"),
    Part("surveys", 8102, "python -m surveys"),
    Part("inspections", 8103, "python -m inspections"),
    Part("reports", 8104, "python -m reports"),
)
GATEWAY = Part("gateway", 8080, "python -m gateway", owns_database=False)
DASHBOARD = Part(
    "dashboard",
    8501,
    "python -m dashboard --server.address 127.0.0.1",
    ready="/_stcore/health",
    owns_database=False,
)
PARTS = (*SERVICES, GATEWAY, DASHBOARD)
