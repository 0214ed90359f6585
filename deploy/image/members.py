"""Print the folders of those of our packages that one image holds: `members.py SERVICE`.

Read from the pyproject files, so that an image holds what its service says it needs and no more.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

APPLICATIONS = {"dashboard": "dashboard", "setup": "deploy/setup"}  # run from a folder


def needed(folder: Path) -> Iterator[Path]:
    """Yield the folders of the workspace's packages that the project in `folder` stands on."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    for name in project.get("tool", {}).get("uv", {}).get("sources", {}):
        package = Path("services", name.removeprefix("kipthoi-"))
        yield package
        yield from needed(package)


def main(service: str) -> None:
    """Print the folders, one a line."""
    if service in APPLICATIONS:
        folders = set(needed(Path(APPLICATIONS[service])))
    else:
        own = Path("services", service)
        folders = {own, *needed(own)}
    print("\n".join(sorted(map(str, folders))))


if __name__ == "__main__":
    main(*sys.argv[1:])
