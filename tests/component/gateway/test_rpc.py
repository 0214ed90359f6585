import asyncio
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from contracts.model import Model
from contracts.problems import Problem
from contracts.rpc.base import PARENT, Call, Empty, Ping
from deploy.local.rabbitmq import RabbitMQ
from deploy.local.server import plain_environment
from gateway.rpc import RpcClient, Unanswered
from messaging import topology
from tests.component.gateway.messages import Said, Wait, Words, Write
from tests.component.gateway.processes import stub

CALL = Call(actor=PARENT, correlation_id=uuid4())


@pytest.fixture(scope="module")
def stub_url(broker: RabbitMQ) -> Iterator[str]:
    """The address of a virtual host on which a stub service takes calls."""
    url = broker.create_vhost()
    with stub(url, "stub"):
        yield url
    broker.delete_vhost(url.rpartition("/")[2])


def run(amqp_url: str, scenario: Callable[[RpcClient], Awaitable[None]]) -> None:
    async def main() -> None:
        rpc = RpcClient(amqp_url)
        await rpc.start()
        try:
            await scenario(rpc)
        finally:
            await rpc.stop()

    asyncio.run(main())


async def code_of(call: Awaitable[Model]) -> str:
    with pytest.raises(Problem) as caught:
        await call
    return caught.value.code


async def eventually(ask: Callable[[], Awaitable[Model]], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while True:
            try:
                await ask()
            except Problem:
                await asyncio.sleep(0.1)
            else:
                return


def test_calls_a_real_nameko_service(stub_url: str) -> None:
    async def scenario(rpc: RpcClient) -> None:
        asked = (rpc.call("stub", "echo", Words(text=f"chào {n}"), CALL, Said) for n in range(200))
        replies = await asyncio.gather(*asked)
        assert [reply.text for reply in replies] == [f"parent: chào {n}" for n in range(200)]

    run(stub_url, scenario)


def test_the_service_s_problem_is_raised(stub_url: str) -> None:
    async def scenario(rpc: RpcClient) -> None:
        with pytest.raises(Problem) as caught:
            await rpc.call("stub", "refuse", Words(text="lá"), CALL, Empty)
        assert caught.value.code == "resource.conflict"
        assert caught.value.params == {"about": "lá"}

    run(stub_url, scenario)


@pytest.mark.parametrize("method", ["babble", "invent", "explode", "unknown_method", "echo"])
def test_what_is_no_reply_is_a_failure(stub_url: str, method: str) -> None:
    async def scenario(rpc: RpcClient) -> None:
        # Said is not what these methods return; "echo" gets a request of the wrong shape
        request = Wait(seconds=0) if method != "echo" else Words(text="x")
        reply_type = Said if method != "echo" else Unlike
        assert await code_of(rpc.call("stub", method, request, CALL, reply_type)) == (
            "service.failed"
        )

    run(stub_url, scenario)


class Unlike(Model):
    number: int


def test_a_request_of_the_wrong_shape_is_invalid(stub_url: str) -> None:
    async def scenario(rpc: RpcClient) -> None:
        assert await code_of(rpc.call("stub", "wait", Words(), CALL, Empty)) == "request.invalid"

    run(stub_url, scenario)


def test_an_absent_service_is_told_at_once(amqp_url: str) -> None:
    topology.apply(amqp_url, ())

    async def scenario(rpc: RpcClient) -> None:
        with pytest.raises(Problem) as caught:
            await rpc.call("nobody", "ping", Ping(), CALL, Empty)
        assert caught.value.code == "service.unavailable"
        assert not isinstance(caught.value, Unanswered)

    run(amqp_url, scenario)


def test_a_late_reply_is_unanswered_and_the_link_lives_on(stub_url: str) -> None:
    async def scenario(rpc: RpcClient) -> None:
        with pytest.raises(Unanswered):
            await rpc.call("stub", "wait", Wait(seconds=1), CALL, Empty, seconds=0.3)
        assert rpc.connected
        await rpc.call("stub", "echo", Words(), CALL, Said)

    run(stub_url, scenario)


def test_no_write_runs_after_its_caller_gave_up(amqp_url: str, tmp_path: Path) -> None:
    """The queue outlives its service; what waits there expires with the caller's patience."""
    with stub(amqp_url, "stub"):
        pass

    async def give_up(rpc: RpcClient) -> None:
        with pytest.raises(Unanswered):
            await rpc.call("stub", "write", Write(path=tmp_path / "late"), CALL, Empty, seconds=0.5)

    run(amqp_url, give_up)

    async def write_now(rpc: RpcClient) -> None:
        await rpc.call("stub", "write", Write(path=tmp_path / "now"), CALL, Empty)

    with stub(amqp_url, "stub"):
        run(amqp_url, write_now)
    assert (tmp_path / "now").exists()
    assert not (tmp_path / "late").exists()


def test_survives_a_restart_of_the_broker(extra_broker: RabbitMQ) -> None:
    url = extra_broker.create_vhost()

    async def scenario(rpc: RpcClient) -> None:
        await eventually(lambda: rpc.call("stub", "echo", Words(), CALL, Said))
        waiting = asyncio.create_task(
            code_of(rpc.call("stub", "wait", Wait(seconds=9), CALL, Empty))
        )
        await asyncio.sleep(0)
        stopped = asyncio.create_task(asyncio.to_thread(extra_broker.kill))
        assert await waiting == "service.unavailable"
        await stopped
        assert await code_of(rpc.call("stub", "echo", Words(), CALL, Said)) == "service.unavailable"
        assert not rpc.connected
        await asyncio.to_thread(extra_broker.start)
        await eventually(lambda: rpc.call("stub", "echo", Words(), CALL, Said), 60)

    with stub(url, "stub"):
        run(url, scenario)


def test_a_blocked_broker_is_unavailable_and_comes_back(extra_broker: RabbitMQ) -> None:
    url = extra_broker.create_vhost()

    async def scenario(rpc: RpcClient) -> None:
        await eventually(lambda: rpc.call("stub", "echo", Words(), CALL, Said))
        await asyncio.to_thread(set_alarm, extra_broker, "0.00001")
        codes = {
            await code_of(rpc.call("stub", "echo", Words(), CALL, Said, seconds=1))
            for _ in range(3)
        }
        assert codes == {"service.unavailable"}
        await asyncio.to_thread(set_alarm, extra_broker, "0.9")
        await eventually(lambda: rpc.call("stub", "echo", Words(), CALL, Said))

    with stub(url, "stub"):
        run(url, scenario)


def set_alarm(broker: RabbitMQ, watermark: str) -> None:
    """Set the share of memory above which the broker takes no messages."""
    ctl = max(Path("/usr/lib/rabbitmq/lib").glob("*/sbin/rabbitmqctl"))
    environment = plain_environment(
        HOME=str(broker.home),
        ERL_EPMD_PORT=str(broker.ports.epmd),
        RABBITMQ_CONF_ENV_FILE="/dev/null",
        RABBITMQ_NODENAME="kipthoi@localhost",
    )
    subprocess.run(  # noqa: S603 - the distribution's program
        [ctl, "set_vm_memory_high_watermark", watermark],
        env=environment,
        check=True,
        capture_output=True,
    )
