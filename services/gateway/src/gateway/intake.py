"""What may come in at all: a bounded body in clean UTF-8, and no NUL anywhere."""

import json
import re
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.problems import Problem
from contracts.rpc.batches import MOST_SHEET_BYTES
from contracts.rpc.preparing import MOST_FILE_BYTES
from gateway import problems

MAX_BODY_BYTES: Final = 256 * 1024
# A sheet of thousands of slips travels in base64.
MAX_SHEET_BODY_BYTES: Final = 4 * (MOST_SHEET_BYTES // 3) + 4096
SHEETS: Final = re.compile(r"/api/v1/campaigns/[^/]+/imports")
# So does a signed report.
MAX_FILE_BODY_BYTES: Final = 4 * -(-MOST_FILE_BYTES // 3) + 4096
FILES: Final = re.compile(r"/api/v1/obligations/[^/]+/e-office")
JSON: Final = re.compile(r"application/(?:[^;\s]+\+)?json\s*(?:;|$)", re.IGNORECASE)
FORM: Final = "application/x-www-form-urlencoded"
# PostgreSQL stores no NUL, so no text holds one: as a byte, in JSON, in a form or address.
NUL_IN_JSON: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
SURROGATE_IN_JSON: Final = re.compile(rb"\\u[dD][89a-fA-F]")


class Intake:
    """Reads the body before anything else runs; one that grows too long is refused on the way."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            body = await _read(scope, receive)
        except Problem as problem:
            response = problems.respond(Request(scope), problem, {"Connection": "close"})
            await response(scope, receive, send)
            return
        if body is None:
            return
        given = False

        async def receive_read() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, receive_read, send)


def _limit(path: str) -> int:
    if SHEETS.fullmatch(path):
        return MAX_SHEET_BODY_BYTES
    return MAX_FILE_BODY_BYTES if FILES.fullmatch(path) else MAX_BODY_BYTES


async def _read(scope: Scope, receive: Receive) -> bytes | None:
    """Return the whole body, None when the client left; raises `Problem`."""
    headers = Headers(scope=scope)
    limit = _limit(scope["path"])
    announced = headers.get("content-length", "0")
    if not announced.isdigit() or len(announced) > len(str(limit)):
        raise Problem("request.too_large", limit_bytes=limit)
    chunks: list[bytes] = []
    size, received = int(announced), 0
    more = True
    while more:
        if size > limit:
            raise Problem("request.too_large", limit_bytes=limit)
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunks.append(message.get("body", b""))
        received += len(chunks[-1])
        size = max(size, received)
        more = message.get("more_body", False)
    body = b"".join(chunks)
    if len(body) > limit:
        raise Problem("request.too_large", limit_bytes=limit)
    _check_text(scope, headers.get("content-type", ""), body)
    return body


def is_json(content_type: str) -> bool:
    """Whether a body of this type is JSON."""
    return JSON.match(content_type) is not None


def _check_text(scope: Scope, content_type: str, body: bytes) -> None:
    """Raise `request.malformed` for bytes that are no text."""
    if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
        raise Problem("request.malformed")
    as_json = is_json(content_type)
    if not as_json and not content_type.lower().startswith(FORM):
        return
    nul = NUL_IN_JSON.search(body) if as_json else b"%00" in body
    if nul or b"\x00" in body:
        raise Problem("request.malformed")
    try:
        body.decode("utf-8")
        if as_json and SURROGATE_IN_JSON.search(body):
            # Half a letter, in a value or in a name: a whole pair passes.
            json.dumps(json.loads(body), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Problem("request.malformed") from None
