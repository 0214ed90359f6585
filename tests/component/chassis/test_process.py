"""The chassis under a real service process: RPC in and out, health, metrics, a clean end."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from contracts.problems import Problem
from deploy.local.postgres import Database
from deploy.local.rabbitmq import RabbitMQ
from messaging import topology
from tests.component.chassis.messages import Ask, Discreet, Echo
from tests.support.eventually import eventually
from tests.support.process import ServiceProcess, running
from tests.support.rpc import Rpc


def environment(amqp_url: str, database_url: str) -> dict[str, str]:
    topology.apply(amqp_url, ("directory",))
    return {
        "KIPTHOI_ENV": "test",
        "AMQP_URL": amqp_url,
        "KIPTHOI_DIRECTORY_DATABASE_URL": database_url,
    }


@pytest.fixture
def echo(amqp_url: str, database: Database, tmp_path: Path) -> Iterator[ServiceProcess]:
    environ = environment(amqp_url, database.url)
    with running("tests.component.chassis.echo", environ, tmp_path / "log") as process:
        yield process


def test_results_problems_and_failures_come_back_as_values(
    echo: ServiceProcess, amqp_url: str
) -> None:
    with Rpc(amqp_url) as rpc:
        assert rpc.call("directory.echo", Ask(words="hoà"), Echo) == Echo(
            words="hoà", role="operator"
        )
        with pytest.raises(Problem) as refused:
            rpc.call("directory.refuse", Ask(words="x"), Echo)
        assert (refused.value.code, refused.value.params) == ("resource.conflict", {"words": "x"})
        with pytest.raises(Problem) as failed:
            rpc.call("directory.break_down", Ask(words="secret"), Echo)
        assert (failed.value.code, failed.value.params) == ("service.failed", {})
        wrong = rpc.raw("directory.echo", {"actor": {"role": "king"}}, {"words": 1})
        assert wrong["result"]["problem"]["code"] == "request.invalid"
        rpc.publish_bytes("directory.echo", b'{"kwargs": "my secret')
        assert rpc.call("directory.echo", Ask(words="on"), Echo).words == "on"
    assert "a call can't be read" in echo.log.read_text()
    assert "my secret" not in echo.log.read_text()
    assert "ZeroDivisionError" in echo.log.read_text()


def test_health_and_metrics_are_readable_while_the_database_works(
    echo: ServiceProcess, amqp_url: str
) -> None:
    assert echo.get("/health/live").json() == {"status": "alive"}
    assert echo.get("/health/ready").json() == {"ready": True, "failed": []}
    assert "process_cpu_seconds_total" in echo.get("/metrics").text
    assert echo.get("/nothing").status_code == 404
    with Rpc(amqp_url) as slow, Rpc(amqp_url) as quick:
        # A wait in the database must not hold up anybody else: the driver cooperates.
        slow.publish("directory.wait_in_database", Ask(seconds=3))
        assert quick.call("directory.echo", Ask(words="meanwhile"), Echo).words == "meanwhile"
        assert not slow.arrived()
        assert slow.collect(Echo).words == "waited"


def test_sigterm_lets_running_work_end_and_exits_clean(echo: ServiceProcess, amqp_url: str) -> None:
    with Rpc(amqp_url) as slow, Rpc(amqp_url) as quick:
        slow.publish("directory.wait_in_database", Ask(seconds=1))
        # Calls are taken in order: when this one is answered, the other one runs.
        quick.call("directory.echo", Ask(), Echo)
        assert not slow.arrived()
        assert echo.stop() == 0
        assert slow.collect(Echo).words == "waited"


def test_a_reply_that_cannot_be_sent_ends_nothing(
    extra_broker: RabbitMQ, database: Database, tmp_path: Path
) -> None:
    amqp_url = extra_broker.create_vhost()
    environ = environment(amqp_url, database.url)
    with running("tests.component.chassis.echo", environ, tmp_path / "log") as echo:
        with Rpc(amqp_url) as rpc:
            rpc.publish_without_address("directory.echo")
            assert rpc.call("directory.echo", Ask(words="still here"), Echo).words == "still here"
            rpc.publish("directory.wait_in_database", Ask(seconds=1))
            with Rpc(amqp_url) as quick:
                quick.call("directory.echo", Ask(), Echo)
            extra_broker.kill()
        eventually(lambda: "a reply is lost: OperationalError" in echo.log.read_text(), timeout=30)
        extra_broker.start()
        with Rpc(amqp_url) as rpc:
            assert rpc.call("directory.echo", Ask(words="back"), Echo).words == "back"
        assert echo.stop() == 0


def test_not_ready_without_a_database(amqp_url: str, tmp_path: Path) -> None:
    environ = environment(amqp_url, "postgresql://nobody:x@127.0.0.1:1/none")
    process = ServiceProcess("tests.component.chassis.echo", environ, tmp_path / "log")
    try:
        process.start(wait=False)
        eventually(lambda: _status(process) == 503, message="it says that it is not ready")
        assert process.get("/health/ready").json()["failed"] == ["database"]
        assert process.get("/health/live").is_success
    finally:
        process.kill()


def _status(process: ServiceProcess) -> int:
    try:
        return process.get("/health/ready").status_code
    except httpx.TransportError:
        return 0


def test_each_call_leaves_one_line_unless_its_request_is_discreet(
    echo: ServiceProcess, amqp_url: str
) -> None:
    ids = {name: uuid4() for name in ("echo", "refuse", "break_down", "whisper", "aloud")}
    with Rpc(amqp_url) as rpc:
        for name in ("echo", "refuse", "break_down"):
            rpc.publish(f"directory.{name}", Ask(words="x"), correlation_id=ids[name])
        rpc.publish("directory.whisper", Discreet(), correlation_id=ids["whisper"])
        rpc.publish("directory.whisper", Discreet(words="aloud"), correlation_id=ids["aloud"])
        for _ in ids:
            with suppress(Problem):
                rpc.collect(Echo)
    lines = [json.loads(line) for line in echo.log.read_text().splitlines()]
    calls = {line["correlation_id"]: line for line in lines if "method" in line}
    codes = {name: calls.get(str(one), {}).get("code") for name, one in ids.items()}
    assert codes == {
        "echo": "ok",
        "refuse": "resource.conflict",
        "break_down": "service.failed",
        "whisper": None,
        "aloud": "resource.conflict",
    }
    assert calls[str(ids["echo"])]["method"] == "EchoService.echo"
    [failure] = [line for line in lines if "exception" in line]
    assert failure["correlation_id"] == str(ids["break_down"])
