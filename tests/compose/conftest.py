import subprocess

import pytest


@pytest.fixture(scope="session")
def engine() -> str:
    """The version of the Docker engine; skips where none answers."""
    try:
        done = subprocess.run(
            ["docker", "version", "--format={{.Server.Version}}"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    except FileNotFoundError:
        pytest.skip("there is no `docker` here: install Docker with compose to test the deployment")
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1:] or ["it says nothing"]
        pytest.skip(f"no Docker engine answers, start one or set DOCKER_HOST: {why[0]}")
    return done.stdout.strip()
