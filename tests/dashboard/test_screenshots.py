"""Each picture of the guides can be taken, and the guides show those and no others."""

import struct
from collections.abc import Iterator

import pytest

from deploy.local.folder import REPOSITORY
from deploy.local.rabbitmq import RabbitMQ
from tests.dashboard.phone_shots import PhoneShot
from tests.dashboard.screenshots import ALL, PICTURES, Studio, kept_at, studio
from tests.dashboard.shots import Shot
from tests.support.handbook import Page

GUIDES = sorted({shot.guide for shot in ALL})
LARGEST = 150_000
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def opened(broker: RabbitMQ, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(broker, tmp_path_factory.mktemp("studio")) as running:
        yield running


def size_of(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(PNG)
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.parametrize("shot", ALL, ids=lambda shot: shot.name)
def test_a_picture_is_taken(opened: Studio, shot: Shot | PhoneShot) -> None:
    picture = opened.take(shot)
    assert len(picture) < LARGEST
    kept = kept_at(shot).read_bytes()
    assert len(kept) < LARGEST
    assert size_of(picture)[0] == size_of(kept)[0]


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_shows_the_pictures_that_are_taken(guide: str) -> None:
    taken = sorted(shot.name for shot in ALL if shot.guide == guide)
    links = Page(REPOSITORY / "docs" / f"{guide}.md").links
    shown = [link for link in links if link.endswith(".png")]
    assert sorted(shown) == [f"images/{guide}/{name}.png" for name in taken]
    kept = {path.name for path in (PICTURES / guide).iterdir()}
    assert kept == {f"{name}.png" for name in taken}
