"""How the main job ends: 0 only after everything was shown, else 1 with a sentence."""

import errno
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from deploy.local.folder import REPOSITORY
from deploy.local.play import __main__ as program
from deploy.local.play.api import Api, RefusedError
from deploy.local.play.chronicle import Chronicle
from deploy.local.play.outcome import NotSoError
from deploy.local.play.waiting import DidNotHappenError, until
from tests.support.process import free_port


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NotSoError("two on time"), "The main job failed: two on time"),
        (DidNotHappenError("it"), "The main job failed: it"),
        (
            RefusedError("POST /schools", 403, {"code": "access.denied", "detail": "no"}),
            "the gateway refused: POST /schools: 403 access.denied: no",
        ),
        (httpx.ReadTimeout("slow"), "no answer from the gateway: slow"),
        (OSError(errno.ENOSPC, "No space left on device"), "refused: .*No space left on device"),
    ],
)
def test_what_failed_is_said(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(program, "play", fail)
    with pytest.raises(SystemExit, match=sentence) as ended:
        program.main()
    assert ended.value.code not in (0, None)


def test_a_gateway_that_is_not_there_is_said(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    done = subprocess.run(
        [sys.executable, "-m", "deploy.local.play"],
        cwd=REPOSITORY,
        env={
            "KIPTHOI_GATEWAY_URL": url,
            "KIPTHOI_CLOCK_FILE": str(tmp_path / "clock"),
            "KIPTHOI_RUN_DIR": str(tmp_path),
            "KIPTHOI_REPORTS_METRICS_URL": f"{url}/metrics",
            "KIPTHOI_OPERATOR_PASSWORD": "first",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The main job failed, no answer from the gateway")
    assert "Traceback" not in done.stderr


def test_what_does_not_happen_is_named() -> None:
    with pytest.raises(DidNotHappenError, match=r"the closing did not happen within 0.01 s"):
        until(lambda: None, "the closing", seconds=0.01, pause=0.001)


@pytest.mark.parametrize("killed_after", ["nothing", "planning", "changing", "everything"])
def test_the_operators_password_is_known_after_any_kill(
    killed_after: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first password opens until it is changed; the chosen one is written down before that."""
    file = tmp_path / "main-job.json"
    planned, known = {"operator's next password": "chosen"}, {"password vanhanh": "chosen"}
    facts = {"nothing": {}, "everything": planned | known}.get(killed_after, planned)
    file.write_text(json.dumps(facts))
    password = "first" if killed_after in {"nothing", "planning"} else "chosen"
    monkeypatch.setenv("KIPTHOI_OPERATOR_PASSWORD", "first")

    def login(_: str, __: str, given: str) -> str:
        if given != password:
            raise RefusedError("POST /login", 401, {})
        return f"token of {given}"

    def change(_: Api, __: str, body: dict[str, str]) -> dict[str, str]:
        nonlocal password
        assert body["old"] == password
        password = body["new"]
        return {}

    monkeypatch.setattr(program, "login", login)
    monkeypatch.setattr(Api, "post", change)
    assert program._operator("http://gateway.invalid", Chronicle(file)) == f"token of {password}"
    assert password != "first"
    assert json.loads(file.read_text())["password vanhanh"] == password
