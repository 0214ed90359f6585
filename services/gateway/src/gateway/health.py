"""Alive, ready, metrics."""

import asyncio
from typing import Final

from fastapi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from contracts.problems import Problem
from contracts.rpc.base import Call, Empty, Ping
from gateway.admission import make_router
from gateway.state import state_of

SERVICES: Final = ("directory", "surveys", "inspections", "reports")
PING_SECONDS: Final = 2.0
router = make_router()


class Readiness(BaseModel):
    """Whether the whole system can do its work; `failed` names what is away."""

    ready: bool
    failed: list[str]


@router.get("/health/live", include_in_schema=False)
async def live() -> dict[str, str]:
    """Say that the process runs."""
    return {"status": "alive"}


@router.get("/health/ready", include_in_schema=False)
async def ready(request: Request, response: Response) -> Readiness:
    """Ask the broker and every service; 503 when one is away."""
    rpc = state_of(request).rpc
    call: Call = request.state.call

    async def answers(service: str) -> bool:
        try:
            await rpc.call(service, "ping", Ping(), call, Empty, seconds=PING_SECONDS)
        except Problem:
            return False
        return True

    failed = ["broker"]
    if rpc.connected:
        answered = await asyncio.gather(*map(answers, SERVICES))
        failed = [name for name, ok in zip(SERVICES, answered, strict=True) if not ok]
    if failed:
        response.status_code = 503
    return Readiness(ready=not failed, failed=failed)


@router.get("/metrics", include_in_schema=False)
async def metrics() -> Response:
    """Return the metrics in Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
