"""Problems: what can be wrong with a request, as a stable code that clients key on."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import Field

from contracts.model import Model

# code → HTTP status. A code never changes its meaning; services add theirs in `contracts/rpc/*.py`
# through `declare`. The sentence for people stands in the gateway's translation files.
_STATUS: Final[dict[str, int]] = {}


def declare(statuses: Mapping[str, int]) -> None:
    """Declare codes ("surveys.campaign_closed") with their HTTP status; each code once."""
    for code, status in statuses.items():
        if code in _STATUS:
            raise ValueError(f"problem {code} is declared twice")
        _STATUS[code] = status


def status_of(code: str) -> int:
    """Return the HTTP status of a code; raises `KeyError` for a code that nobody declared."""
    return _STATUS[code]


def codes() -> tuple[str, ...]:
    """Return all declared codes, sorted."""
    return tuple(sorted(_STATUS))


declare(
    {
        "request.invalid": 422,
        "request.too_large": 413,
        "request.malformed": 400,
        "request.repeated": 409,  # this very command was done before: nothing is left to do
        "auth.required": 401,
        "auth.forbidden": 403,
        "resource.not_found": 404,
        "resource.conflict": 409,
        "service.unavailable": 503,
        "service.failed": 500,
    }
)


class Problem(Exception):
    """A request that can't be done, for a reason that its sender can understand.

    `code` is declared; `params` are plain JSON values that the sentence is filled with.
    """

    def __init__(self, code: str, **params: Any) -> None:
        status_of(code)
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, Any] = params


class ProblemReply(Model):
    """A problem on the wire."""

    code: str
    params: dict[str, Any] = Field(default_factory=dict)
