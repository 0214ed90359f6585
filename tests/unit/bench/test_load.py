import asyncio
import json
from collections.abc import Callable

import pytest

from tests.bench.load import ID, Crowd, Order, Sheet, Tally, complete

SHEETS = [
    Sheet("/one", json.dumps({"submission_id": ID, "words": "tận tình"}), demand=False),
    Sheet("/two", json.dumps({"submission_id": ID}), demand=True),
]


class Server:
    """Answers every request with what `reply` makes of its number; remembers ids and paths."""

    def __init__(self, reply: Callable[[int], bytes]) -> None:
        self.reply = reply
        self.ids: list[str] = []
        self.paths: list[str] = []
        self.serving: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.serving.add(asyncio.current_task())
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                self.paths.append(head.split(b" ")[1].decode())
                self.ids.append(json.loads(await reader.readexactly(length))["submission_id"])
                answer = self.reply(len(self.ids))
                writer.write(answer[:20])
                await writer.drain()
                writer.write(answer[20:])
                if not answer:
                    break
        except asyncio.IncompleteReadError:
            pass
        writer.close()
        await writer.wait_closed()


def response(status: int) -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Length: 4\r\n\r\nbody".encode()


def send(server: Server, **asked: float) -> Tally:
    async def run() -> Tally:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        async with listening:
            order = Order("127.0.0.1", port, 4, SHEETS, **asked)  # type: ignore[arg-type]
            tally = await Crowd(order).run()
            await asyncio.gather(*(task for task in server.serving if task))
            return tally

    return asyncio.run(run())


def test_each_answer_is_sent_once_with_an_id_of_its_own() -> None:
    server = Server(lambda _: response(201))
    tally = send(server, answers=40)
    assert tally.accepted == len(set(server.ids)) == len(server.ids) == 40
    assert tally.demands == server.paths.count("/two") == 20
    assert ID not in server.ids


def test_a_crowd_ends_in_time_and_counts_its_last_answers() -> None:
    server = Server(lambda _: response(201))
    tally = send(server, seconds=0.2)
    assert tally.accepted == len(server.ids) >= tally.in_time == len(tally.latencies) > 0
    assert not any(tally.errors.values())


def test_what_is_not_accepted_is_an_error() -> None:
    tally = send(Server(lambda n: response(503 if n % 4 == 0 else 201)), answers=40)
    assert (tally.accepted, tally.errors["503"]) == (30, 10)


def test_a_lost_connection_is_an_error() -> None:
    tally = send(Server(lambda n: b"" if n == 1 else response(201)), answers=40)
    assert tally.errors["connection lost"] == 1
    assert tally.accepted == 39


@pytest.mark.parametrize("cut", range(1, len(response(201))))
def test_a_response_is_complete_with_its_last_byte(cut: int) -> None:
    assert complete(response(201)[:cut]) is None
    assert complete(response(201)) == 201


def test_a_response_without_a_length_is_refused() -> None:
    with pytest.raises(ValueError, match="without a length"):
        complete(b"HTTP/1.1 201 X\r\n\r\n")
