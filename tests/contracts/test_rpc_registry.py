"""The table of RPC methods is what the services answer and what the gateway asks."""

import ast
import importlib
from collections.abc import Iterator
from inspect import getmembers
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from nameko.rpc import Rpc

from contracts.rpc.registry import METHODS
from directory.service import DirectoryService
from inspections.service import InspectionsService
from reports.service import ReportsService
from surveys.service import SurveysService

GATEWAY = Path("services/gateway/src")
CLASSES: dict[str, Any] = {
    one.name: one for one in (DirectoryService, SurveysService, InspectionsService, ReportsService)
}


def answered(service: str) -> dict[str, tuple[Any, Any]]:
    """What a service's class answers over RPC, with its types."""
    found = {}
    for name, method in getmembers(CLASSES[service]):  # those of its bases as well
        if any(isinstance(one, Rpc) for one in getattr(method, "nameko_entrypoints", ())):
            hints = get_type_hints(method)
            found[name] = (hints["request"], hints["return"])
    return found


@pytest.mark.parametrize("service", sorted(METHODS))
def test_a_service_answers_what_the_table_says(service: str) -> None:
    assert answered(service) == dict(METHODS[service])


def test_every_service_is_in_the_table() -> None:
    assert METHODS.keys() == CLASSES.keys()


def questions() -> Iterator[tuple[Any, str, type]]:
    """Each call of the gateway: the service (None: several), the method, the type of its reply."""
    for path in GATEWAY.rglob("*.py"):
        dotted = ".".join(path.relative_to(GATEWAY).with_suffix("").parts)
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or len(call.args) < 4:
                continue
            service, method, *_, reply = call.args
            if isinstance(method, ast.Constant) and ast.unparse(call.func).endswith(
                ("ask", "ask.anonymous", ".call")
            ):
                known = service.value if isinstance(service, ast.Constant) else None
                place: Any = importlib.import_module(dotted.removesuffix(".__init__"))
                for name in ast.unparse(reply).split("."):
                    place = getattr(place, name)
                yield known, str(method.value), place


def test_the_gateway_asks_what_the_table_says_and_nothing_else() -> None:
    asked = set()
    for service, method, reply in questions():
        for name in [service] if service else METHODS:
            assert METHODS[name][method][1] is reply, f"{name}.{method}"
            asked.add(f"{name}.{method}")
    assert asked == {f"{service}.{name}" for service, own in METHODS.items() for name in own}
