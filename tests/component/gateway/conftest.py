from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.rabbitmq import RabbitMQ
from tests.component.gateway.processes import stub
from tests.support.process import running

SERVICES = ("directory", "surveys", "inspections", "reports")


@pytest.fixture(scope="package")
def gateway(broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real gateway process in front of stub services."""
    amqp_url = broker.create_vhost()
    log = tmp_path_factory.mktemp("gateway") / "log"
    environ = {"AMQP_URL": amqp_url, "KIPTHOI_DASHBOARD_URL": "http://127.0.0.1:1/"}
    with stub(amqp_url, *SERVICES), running("gateway", environ, log) as process:
        yield process.url
    check_log(log)


@pytest.fixture(scope="package")
def client(gateway: str) -> Iterator[httpx.Client]:
    """A client without an account, as machines use it."""
    with httpx.Client(base_url=gateway, timeout=30, trust_env=False) as opened:
        yield opened


def check_log(log: Path) -> None:
    """No request, however odd, may have ended in a traceback, nor left an address in the log."""
    text = log.read_text()
    assert '"exception"' not in text
    assert "Traceback" not in text
    told = [line for line in text.splitlines() if '"uvicorn.error"' not in line]
    assert not [line for line in told if "127.0.0.1" in line or "?" in line]
