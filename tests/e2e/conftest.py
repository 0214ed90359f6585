"""Real systems that many tests share; the tests of one run in one process."""

from collections.abc import Iterator

import pytest

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.support.clones import Clone, cloned
from tests.support.district import FOREIGN, OWN, RealDistrict, real_district
from tests.support.place import Place
from tests.support.site import Site, running_site


@pytest.fixture(scope="package")
def neighbour() -> Iterator[Clone]:
    """A second clone beside the main job's, in the group "stack"; whoever needs it runs it."""
    with cloned() as fresh:
        yield fresh


@pytest.fixture(scope="package")
def real(
    postgres: PostgreSQL, broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RealDistrict]:
    """The whole system with two schools; a test that uses it stands in the group "real"."""
    with real_district(postgres, broker, tmp_path_factory.mktemp("system")) as made:
        yield made


@pytest.fixture(scope="package")
def own(real: RealDistrict) -> Place:
    """The school whose staff ask."""
    return Place(real, OWN)


@pytest.fixture(scope="package")
def foreign(real: RealDistrict) -> Place:
    """A school that is none of their business."""
    return Place(real, FOREIGN)


@pytest.fixture(scope="package")
def site(
    postgres: PostgreSQL, broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A system with its dashboard; a test that uses it stands in the group "site"."""
    with running_site(postgres, broker, tmp_path_factory.mktemp("site")) as made:
        yield made
