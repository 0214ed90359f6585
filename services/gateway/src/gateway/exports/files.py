"""A table on its way out: its name, its kind, its bytes."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from fastapi import Response

from contracts.rpc.surveys import Campaign
from gateway.spreadsheets import MEDIA_TYPES, Format, Table, render

# What a route says of itself that answers with a file.
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA_TYPES.values()}}
}


def name_of(what: str, campaign: Campaign) -> str:
    """Return what a file of a campaign is called, without its ending."""
    return f"{what}-{campaign.school}-{campaign.form}-{campaign.period.key}"


async def file(tables: Sequence[Table], name: str, kind: Format) -> Response:
    """Return the file; it is made beside the loop that serves parents."""
    body = await asyncio.to_thread(render, tables, kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(body, media_type=MEDIA_TYPES[kind], headers=headers)
