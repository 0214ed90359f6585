"""The landing page."""

from fastapi import Request, Response

from gateway.admission import make_router
from gateway.rendering import page

router = make_router()


@router.get("/", include_in_schema=False)
async def home(request: Request) -> Response:
    """Say what this is, and where parents and staff go."""
    return page(request, "home.html")
