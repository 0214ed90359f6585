"""The pictures of the guides for users, taken anew: `make screenshots`."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from deploy.local.folder import REPOSITORY
from deploy.local.rabbitmq import RabbitMQ
from tests.component.gateway.processes import stub
from tests.dashboard.browser import CHROMIUM, QUIET, Site, streamlit
from tests.dashboard.fake_gateway import serving
from tests.dashboard.phone_shots import PHONE_SHOTS, PhoneShot, take_phone
from tests.dashboard.report_shots import REPORT_SHOTS
from tests.dashboard.sample import ROUTES
from tests.dashboard.shots import SHOTS, Shot, take
from tests.support.process import free_port, running
from tests.support.servers import make_broker, shared

PICTURES: Final = REPOSITORY / "docs" / "images"
ALL: Final = (*SHOTS, *PHONE_SHOTS, *REPORT_SHOTS)
# What links and QR codes in the pictures begin with.
PUBLIC: Final = "https://kipthoi.example.vn"
SERVICES: Final = ("directory", "surveys", "inspections", "reports")


def kept_at(shot: Shot | PhoneShot) -> Path:
    """Where the picture is kept."""
    return PICTURES / shot.guide / f"{shot.name}.png"


class Studio:
    """The running pages: the dashboard with the sample, the gateway with stub services."""

    def __init__(self, site: Site, gateway: str, browser: Browser) -> None:
        self._site = site
        self._gateway = gateway
        self._browser = browser

    def take(self, shot: Shot | PhoneShot) -> bytes:
        """Take one picture, as PNG."""
        if isinstance(shot, PhoneShot):
            return take_phone(self._browser, self._gateway, shot)
        return take(self._site, shot)


@contextmanager
def studio(broker: RabbitMQ, folder: Path) -> Iterator[Studio]:
    """Start all that is in the pictures; ends it afterwards."""
    amqp_url = broker.create_vhost()
    with (
        stub(amqp_url, *SERVICES),
        running("gateway", {"AMQP_URL": amqp_url}, folder / "gateway.log") as gateway,
        serving(ROUTES) as fake,
        streamlit(fake.url, free_port(), folder / "dashboard.log", PUBLIC) as dashboard,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield Studio(Site(dashboard, fake, browser, []), gateway.url, browser)
        browser.close()


def main() -> None:
    """Take the pictures that are named as arguments, or all."""
    wanted = set(sys.argv[1:]) or {shot.name for shot in ALL}
    with (
        shared("rabbitmq", make_broker) as broker,
        tempfile.TemporaryDirectory() as folder,
        studio(broker, Path(folder)) as open_studio,
    ):
        for shot in ALL:
            if shot.name in wanted:
                path = kept_at(shot)
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(open_studio.take(shot))
                sys.stdout.write(f"{path.relative_to(REPOSITORY)}\n")


if __name__ == "__main__":
    main()
