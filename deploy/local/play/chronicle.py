"""What the main job has done so far, kept so that a run that was killed goes on where it was."""

import json
import os
from pathlib import Path
from typing import Any


class Chronicle:
    """A small JSON file in the run folder, written whole after every step, for its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.facts: dict[str, Any] = {}
        if path.exists():
            self.facts = json.loads(path.read_text(encoding="utf-8"))

    def has(self, fact: str) -> bool:
        """Whether a step left its fact."""
        return fact in self.facts

    def keep(self, fact: str, value: Any) -> None:
        """Store a fact at once."""
        self.facts[fact] = value
        fresh = self._path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self.facts, file, ensure_ascii=False, indent=1)
        fresh.replace(self._path)
