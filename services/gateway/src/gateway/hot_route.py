"""The route that most requests take, on a shorter way to its function.

For each request FastAPI opens two exit stacks, looks for what the function wants and checks what it
returns: a fifth of what an answer costs the gateway (docs/performance.md). Here the body goes into
its model at once. What clients see, errors included, and the OpenAPI document are the same.
"""

from codecs import BOM_UTF8
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel, ValidationError
from starlette.types import Receive, Scope, Send

from contracts.problems import Problem
from gateway.access import ACCESS
from gateway.admission import GuardedRoute, admit
from gateway.intake import is_json
from gateway.problems import problem_of_input


class HotRoute(GuardedRoute):
    """A route whose function takes `request`, `response`, the path's parameters as text, `new`.

    `new` is the body's model; what it returns is a model too.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that matched; raises `Problem`."""
        if scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.call = await admit(request, ACCESS[f"{scope['method']} {self.path}"])
        new = await self._body(request)
        how = Response(status_code=self.status_code or 200)
        told: BaseModel = await self.endpoint(request, how, **request.path_params, new=new)
        answer = Response(told.model_dump_json(), how.status_code, media_type="application/json")
        await answer(scope, receive, send)

    async def _body(self, request: Request) -> Any:
        model: type[BaseModel] = self.endpoint.__annotations__["new"]
        body = (await request.body()).removeprefix(BOM_UTF8)
        if not body or not is_json(request.headers.get("content-type", "")):
            raise Problem("request.invalid", fields=["body"])
        try:
            return model.model_validate_json(body)
        except ValidationError as wrong:
            raise problem_of_input(wrong, "body") from None
