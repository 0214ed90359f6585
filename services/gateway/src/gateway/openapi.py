"""The REST interface as an OpenAPI document: `python -m gateway.openapi > docs/openapi.json`."""

import json
import sys
from typing import Any, Final

from gateway.app import create
from gateway.pages.docs import openapi_of
from gateway.settings import Settings

# Nothing is served and nobody is asked: no address of these gets into the document.
NOWHERE: Final = Settings("amqp://x", "127.0.0.1", 1, "http://x", "http://x")


def document() -> dict[str, Any]:
    """Return the document of the gateway as the code has it now."""
    return openapi_of(create(NOWHERE))


def render() -> str:
    """Return it as the text of its file."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
