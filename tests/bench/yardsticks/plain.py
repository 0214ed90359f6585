"""Plain nameko, without an outbox: http entrypoint, commit, then dispatch; stock event handlers.

What is committed and not yet dispatched when the process dies is lost; so is what a handler fails
at. That is the price of its speed.
"""

import json
from typing import Any

from nameko.events import EventDispatcher, event_handler
from nameko.extensions import DependencyProvider
from nameko.web.handlers import http
from sqlalchemy import create_engine, insert
from werkzeug.wrappers import Request, Response

from tests.bench.yardsticks.shapes import Event, NewResponse, Receipt, events_of
from tests.bench.yardsticks.tables import EFFECTS, database_url, effects_of, responses

JSON = "application/json"


class Database(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """The engine; eventlet's patched psycopg2 lets other workers run while one waits."""

    def setup(self) -> None:
        self.engine = create_engine(database_url("psycopg2"), pool_size=32, max_overflow=0)

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self.engine


class Surveys:
    """Stores answers and tells them."""

    name = "surveys"
    database = Database()
    dispatch = EventDispatcher()

    @http("POST", "/campaigns/<campaign>/responses")  # type: ignore[untyped-decorator]
    def submit(self, request: Request, campaign: str) -> Response:
        new = NewResponse.model_validate_json(request.get_data())
        row = new.row(campaign)
        with self.database.engine.begin() as connection:
            connection.execute(insert(responses).values(row))
        for event in events_of(new, row):
            self.dispatch(event.type, event.model_dump(mode="json"))
        receipt = Receipt(receipt=row["receipt"], submission_id=new.submission_id)
        return Response(receipt.model_dump_json(), status=201, mimetype=JSON)

    @http("GET", "/effects")  # type: ignore[untyped-decorator]
    def effects(self, request: Request) -> Response:
        with self.database.engine.connect() as connection:
            found = connection.execute(EFFECTS).one()
        return Response(json.dumps(found._asdict()), mimetype=JSON)


class Consumer:
    """Applies the effect of an event."""

    database = Database()

    def apply(self, payload: dict[str, Any]) -> None:
        event = Event.model_validate(payload)
        with self.database.engine.begin() as connection:
            for statement in effects_of(self.name, event):  # type: ignore[attr-defined]
                connection.execute(statement)


class Reports(Consumer):
    """Counts answers."""

    name = "reports"

    @event_handler("surveys", "surveys.response_submitted")  # type: ignore[untyped-decorator]
    def answered(self, payload: dict[str, Any]) -> None:
        self.apply(payload)


class Inspections(Consumer):
    """Counts answers, and proposes inspections for demands."""

    name = "inspections"

    @event_handler("surveys", "surveys.response_submitted")  # type: ignore[untyped-decorator]
    def answered(self, payload: dict[str, Any]) -> None:
        self.apply(payload)

    @event_handler("surveys", "surveys.improper_demand_reported")  # type: ignore[untyped-decorator]
    def demanded(self, payload: dict[str, Any]) -> None:
        self.apply(payload)
