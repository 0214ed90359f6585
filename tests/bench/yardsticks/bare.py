"""The bare insert: FastAPI and SQLAlchemy on asyncpg, one row, one commit, nothing after it."""

from fastapi import FastAPI
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from tests.bench.yardsticks.shapes import NewResponse, Receipt
from tests.bench.yardsticks.tables import database_url, responses

engine = create_async_engine(database_url("asyncpg"), pool_size=32, max_overflow=0)
app = FastAPI()


@app.post("/campaigns/{campaign}/responses", status_code=201)
async def submit(campaign: str, new: NewResponse) -> Receipt:
    row = new.row(campaign)
    async with engine.begin() as connection:
        await connection.execute(insert(responses).values(row))
    return Receipt(receipt=row["receipt"], submission_id=new.submission_id)
