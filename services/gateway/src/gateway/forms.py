"""What an HTML form sends: `application/x-www-form-urlencoded`, in clean UTF-8."""

from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request

from contracts.problems import Problem

MEDIA_TYPE: Final = "application/x-www-form-urlencoded"
MAX_FIELDS: Final = 200


async def read_fields(request: Request) -> dict[str, str]:
    """Return name → value, the last of a repeated name, lines ended as Unix does.

    Raises `request.malformed` for another type of body, broken UTF-8 or too many fields.
    """
    if not request.headers.get("content-type", "").lower().startswith(MEDIA_TYPE):
        raise Problem("request.malformed")
    try:
        text = (await request.body()).decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise Problem("request.malformed") from None
    return {name: value.replace("\r\n", "\n") for name, value in pairs}
