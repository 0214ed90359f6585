"""Released schemas: `released/1/…`, `released/2/…`; never changed, all of them hold.

`python -m contracts.releases check FOLDER OPENAPI` tells what the draft (`FOLDER/schemas` and the
OpenAPI document) would break; `… release FOLDER OPENAPI` freezes it under the next number. The
digests of all released files stand in `released/SHA256SUMS`, as `sha256sum --check` reads them.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Final

from contracts import schemas
from contracts.additive import Schema, breaks
from contracts.interfaces import rest_breaks, rpc_breaks
from contracts.schemas import Documents

OPENAPI: Final = "openapi.json"
SEAL: Final = "SHA256SUMS"


def released(folder: Path) -> dict[int, Documents]:
    """Return each release's documents, the oldest release first."""
    numbers = sorted(int(one.name) for one in folder.iterdir() if one.is_dir())
    return {number: schemas.read(folder / str(number)) for number in numbers}


def broken(draft: Documents, releases: dict[int, Documents]) -> list[str]:
    """Return what the draft would break of what is released."""
    return [
        f"{path}, released in {number}: {reason}"
        for number, documents in releases.items()
        for path, document in documents.items()
        for reason in (_breaks(path, document, draft[path]) if path in draft else ["it is gone"])
    ]


def _breaks(path: str, old: Schema, new: Schema) -> list[str]:
    if path == OPENAPI:
        return rest_breaks(old, new)
    if path.startswith("rpc/"):
        return rpc_breaks(old, new)
    return breaks(old, new)


def tampered(folder: Path) -> list[str]:
    """Return the released files that were changed, added or removed since their release."""
    sealed = set((folder / SEAL).read_text(encoding="utf-8").splitlines())
    return sorted({line.partition("  ")[2] for line in sealed ^ set(_digests(folder))})


def _digests(folder: Path) -> list[str]:
    return [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / SEAL
    ]


def check(folder: Path, draft: Documents) -> None:
    """Raise `SystemExit` with the reasons when the draft breaks a release, or one was changed."""
    reasons = [f"{path} is released and was changed" for path in tampered(folder)]
    reasons += broken(draft, released(folder))
    if reasons:
        raise SystemExit("\n".join(reasons))


def release(folder: Path, draft: Documents) -> int:
    """Freeze the draft as the next release and return its number.

    Raises `SystemExit` when it would break an older one, or says nothing new.
    """
    check(folder, draft)
    releases = released(folder)
    if releases and draft == releases[max(releases)]:
        raise SystemExit(f"all is released already, in {max(releases)}")
    number = max(releases, default=0) + 1
    schemas.write(folder / str(number), draft)
    (folder / SEAL).write_text("\n".join(_digests(folder)) + "\n", encoding="utf-8")
    return number


def draft(folder: Path, openapi: Path) -> Documents:
    """Return what is not released yet, or is: the folder `schemas` and the OpenAPI document."""
    written = json.loads(openapi.read_text(encoding="utf-8"))
    return schemas.read(folder / "schemas") | {OPENAPI: written}


def main(what: str, folder: str, openapi: str) -> None:
    """Do what the command line asks for."""
    now = draft(Path(folder), Path(openapi))
    if what == "check":
        check(Path(folder) / "released", now)
    elif what == "release":
        sys.stdout.write(f"released as {release(Path(folder) / 'released', now)}\n")
    else:
        raise SystemExit(f"check or release, not {what}")


if __name__ == "__main__":
    main(*sys.argv[1:])
