"""A query's scope is the actor's: the same schools as `Actor.may_see` says of each."""

import pytest
from sqlalchemy import Text, column, create_engine, select, values

from chassis.scope import in_scope
from contracts.rpc.base import Actor
from deploy.local.postgres import Database

SCHOOLS = ("hoa-mau", "la-mau", "may-mau")


@pytest.mark.parametrize("wanted", [None, "la-mau", "khong-co"])
@pytest.mark.parametrize("own", [None, (), ("la-mau",), ("hoa-mau", "may-mau"), ("khong-co",)])
def test_a_query_tells_what_the_actor_may_see(
    database: Database, own: tuple[str, ...] | None, wanted: str | None
) -> None:
    actor = Actor(role="district_viewer", schools=own)
    rows = values(column("school", Text), name="rows").data([(one,) for one in SCHOOLS])
    engine = create_engine(database.psycopg)
    with engine.connect() as connection:
        query = select(rows.c.school).where(in_scope(actor, rows.c.school, wanted))
        told = set(connection.execute(query).scalars())
    engine.dispose()
    assert told == {one for one in SCHOOLS if actor.may_see(one) and wanted in {None, one}}
