"""What may change in what is asked: the RPC methods of a service, the REST interface."""

from collections.abc import Iterator
from typing import Any

from contracts.additive import Comparison, Schema


def rpc_breaks(old: Schema, new: Schema) -> list[str]:
    """Return why a service's `rpc/….json` can't follow the older one."""
    compare = Comparison(old, new)
    reasons = [r for key in ("context", "answer") for r in compare.of(old[key], new[key], key)]
    for name, method in old["methods"].items():
        if name not in new["methods"]:
            reasons.append(f"{name} is gone")
            continue
        for side in ("request", "reply"):
            reasons += compare.of(method[side], new["methods"][name][side], f"{name} {side}")
    return reasons


def rest_breaks(old: Schema, new: Schema) -> list[str]:
    """Return why an OpenAPI document can't follow the older one.

    A client keeps all that it calls, sends and reads; no new parameter or field is asked of it.
    """
    compare = _Operations(old, new)
    reasons: list[str] = []
    for path, item in old["paths"].items():
        for method, operation in item.items():
            now = new["paths"].get(path, {}).get(method)
            at = f"{method.upper()} {path}"
            reasons += [f"{at} is gone"] if now is None else compare.of(operation, now, at)
    return reasons


class _Operations:
    """Compares operations of the two documents."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._sent = Comparison(old, new)
        self._read = Comparison(old, new, required_may_come=True)

    def of(self, old: Schema, new: Schema, at: str) -> Iterator[str]:
        if "security" in new and "security" not in old:
            yield f"{at} asks for an account now"
        yield from self._of_parameters(old, new, at)
        yield from self._of_bodies(old, new, at)
        for status, response in old["responses"].items():
            if status in new["responses"]:
                now = new["responses"][status]
                yield from _of_content(self._read, response, now, f"{at} {status}")
            else:
                yield f"{at} {status} is gone"

    def _of_parameters(self, old: Schema, new: Schema, at: str) -> Iterator[str]:
        had, has = _parameters(old), _parameters(new)
        for name, parameter in had.items():
            if name not in has:
                yield f"{at} {name} is gone"
                continue
            if has[name].get("required") and not parameter.get("required"):
                yield f"{at} {name} is required now"
            yield from self._sent.of(parameter["schema"], has[name]["schema"], f"{at} {name}")
        for name in has.keys() - had.keys():
            if has[name].get("required"):
                yield f"{at} {name} is new and required"

    def _of_bodies(self, old: Schema, new: Schema, at: str) -> Iterator[str]:
        had, has = old.get("requestBody"), new.get("requestBody")
        if has is not None and has.get("required") and not (had or {}).get("required"):
            yield f"{at} body is required now"
        if had is not None:
            yield from _of_content(self._sent, had, has or {}, f"{at} body")


def _parameters(operation: Schema) -> dict[str, Any]:
    return {f"{one['in']} {one['name']}": one for one in operation.get("parameters", ())}


def _of_content(compare: Comparison, old: Schema, new: Schema, at: str) -> Iterator[str]:
    for kind, media in old.get("content", {}).items():
        if kind in new.get("content", {}):
            now = new["content"][kind]
            yield from compare.of(media.get("schema", {}), now.get("schema", {}), at)
        else:
            yield f"{at} as {kind} is gone"
