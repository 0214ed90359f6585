import json
import secrets
from pathlib import Path


class Passwords:
    """The secrets of one stack: random, made when first asked for, kept for the next run."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, name: str) -> str:
        """The secret of this name."""
        known: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        if name not in known:
            known[name] = secrets.token_hex(16)
            self._write(known)
        return known[name]

    def keep(self, name: str, secret: str) -> None:
        """Take over a secret that was made elsewhere."""
        known: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        self._write(known | {name: secret})

    def _write(self, known: dict[str, str]) -> None:
        making = self._file.with_suffix(".new")
        making.touch(mode=0o600)
        making.write_text(json.dumps(known))
        making.rename(self._file)
