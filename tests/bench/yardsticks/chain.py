"""The same chain with FastAPI and FastStream: the front, which stores answer and outbox at once."""

from fastapi import FastAPI
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from tests.bench.yardsticks.shapes import Effects, NewResponse, Receipt, events_of
from tests.bench.yardsticks.tables import EFFECTS, database_url, outbox, responses

engine = create_async_engine(database_url("asyncpg"), pool_size=32, max_overflow=0)
app = FastAPI()


@app.post("/campaigns/{campaign}/responses", status_code=201)
async def submit(campaign: str, new: NewResponse) -> Receipt:
    row = new.row(campaign)
    told = [
        {"event_id": event.id, "type": event.type, "body": event.model_dump_json().encode()}
        for event in events_of(new, row)
    ]
    async with engine.begin() as connection:
        await connection.execute(insert(responses).values(row))
        await connection.execute(insert(outbox), told)
    return Receipt(receipt=row["receipt"], submission_id=new.submission_id)


@app.get("/effects")
async def effects() -> Effects:
    async with engine.connect() as connection:
        found = (await connection.execute(EFFECTS)).one()
    return Effects.model_validate(found, from_attributes=True)
