from collections.abc import Iterator

import pytest

from deploy.local.postgres import Database, PostgreSQL
from tests.support.databases import lent, migrated
from tests.support.directory import START, Room


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A database of directory, with its newest tables."""
    with lent("directory", postgres) as one:
        yield one


@pytest.fixture
def room(database: Database) -> Iterator[Room]:
    with migrated("directory", database) as engine:
        yield Room(engine)


@pytest.fixture
def district(room: Room) -> Room:
    """Two districts in a province; one school in each, and a cluster over both."""
    for code in ("tinh", "quan-1", "quan-2"):
        room.unit(code)
    room.unit("phong-1", "office")
    room.unit("cum", "cluster")
    for code in ("quan-1", "quan-2"):
        room.move(code, "tinh", START)
    room.move("phong-1", "quan-1", START)
    room.school("hoa", administrative="quan-1", professional="phong-1", cluster="cum")
    room.school("la", administrative="quan-2", cluster="cum")
    return room
