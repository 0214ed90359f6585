"""The one place that wires the gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from gateway import access, edge, health, intake, pages, problems
from gateway.admission import GuardedRoute
from gateway.batching import Batcher, send_batch
from gateway.campaigns import Campaigns
from gateway.routes import ROUTERS
from gateway.rpc import RpcClient
from gateway.sessions import Sessions
from gateway.settings import Settings
from gateway.state import State


def create(settings: Settings) -> FastAPI:
    """Return the app; raises `AccessError` when routes and route table differ."""
    rpc = RpcClient(settings.amqp_url)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await rpc.start()
        try:
            yield
        finally:
            await rpc.stop()

    app = FastAPI(
        title="Kịp Thời",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # an address has one spelling; a redirected command loses its body
        lifespan=lifespan,
    )
    app.state.gateway = State(
        settings, rpc, Sessions(rpc), Campaigns(rpc), Batcher(partial(send_batch, rpc))
    )
    for router in (*ROUTERS, *pages.ROUTERS, health.router):
        app.router.routes.extend(router.routes)
    access.check(routes_of(app))
    problems.install(app)
    app.add_middleware(intake.Intake)
    app.add_middleware(edge.Edge)
    return app


def routes_of(app: FastAPI) -> list[str]:
    """Return "METHOD /path" of every route; raises `AccessError` for one that is not guarded."""
    found = []
    for route in app.routes:
        if not isinstance(route, GuardedRoute):
            raise access.AccessError(f"{getattr(route, 'path', route)} is not guarded")
        found += [f"{method} {route.path}" for method in sorted(route.methods or ())]
    return found
