"""Campaigns as parents see them: the state kept for a moment, the form for good."""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeVar

from contracts.forms import Form
from contracts.problems import Problem
from contracts.rpc.base import PARENT, Call
from contracts.rpc.surveys import GetPublicCampaign, PublicCampaign
from gateway.rpc import Rpc

V = TypeVar("V")
KEPT_SECONDS: Final = 2.0
KEPT_AT_MOST: Final = 2000
SLUG: Final = re.compile(r"[a-z0-9]{16,32}")


class Campaigns:
    """Looks campaigns up by slug. Whether one takes answers is decided by surveys alone."""

    def __init__(self, rpc: Rpc, now: Callable[[], float] = time.monotonic) -> None:
        self._rpc = rpc
        self._now = now
        self._lookups: OrderedDict[str, tuple[float, asyncio.Task[PublicCampaign]]] = OrderedDict()
        self._forms: OrderedDict[str, Form] = OrderedDict()

    async def get(self, slug: str, call: Call) -> PublicCampaign:
        """Return the campaign; raises `surveys.unknown_campaign`, `service.unavailable`.

        Those who ask together wait for one answer.
        """
        if SLUG.fullmatch(slug) is None:
            raise Problem("surveys.unknown_campaign")
        until, lookup = self._lookups.get(slug, (0.0, None))
        if lookup is None or (lookup.done() and (until <= self._now() or lookup.exception())):
            lookup = asyncio.create_task(self._look_up(slug, call))
            self._lookups[slug] = (self._now() + KEPT_SECONDS, lookup)
            _trim(self._lookups)
        return await asyncio.shield(lookup)

    async def form(self, slug: str, call: Call) -> Form:
        """Return the campaign's form; raises as `get`."""
        return self._forms.get(slug) or (await self.get(slug, call)).form

    async def _look_up(self, slug: str, call: Call) -> PublicCampaign:
        campaign = await self._rpc.call(
            "surveys",
            "get_public_campaign",
            GetPublicCampaign(slug=slug),
            Call(actor=PARENT, correlation_id=call.correlation_id),
            PublicCampaign,
        )
        if campaign.state != "planned":  # until it opens, another form may come
            self._forms[slug] = campaign.form
            _trim(self._forms)
        return campaign


def _trim(kept: OrderedDict[str, V]) -> None:
    while len(kept) > KEPT_AT_MOST:
        kept.popitem(last=False)
