"""Read a form from its YAML text; what is malformed is refused with its line and the reason."""

from typing import Any

import yaml
from pydantic import ValidationError

from contracts.forms import Form


class MalformedForm(Exception):
    """The text is no form. `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def read_form(text: str) -> Form:
    """Return the form that a YAML text describes; raises `MalformedForm` at its first fault.

    Keys that the form doesn't know are refused as well: they are most likely misspelt.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        raw = yaml.safe_load(text)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        raise MalformedForm(mark.line + 1 if mark else 1, str(wrong.problem)) from None
    except yaml.YAMLError as wrong:
        raise MalformedForm(1, str(wrong)) from None
    if root is None:
        raise MalformedForm(1, "the text is empty")
    try:
        form = Form.model_validate(raw)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        path = ".".join(map(str, first["loc"]))
        line = _line_of(root, first["loc"])
        raise MalformedForm(line, f"{path}: {first['msg']}" if path else first["msg"]) from None
    _refuse_unknown(root, raw, form.model_dump(), "")
    return form


def _line_of(node: yaml.Node, path: tuple[int | str, ...]) -> int:
    """Return the line of the deepest node on the path that exists."""
    for step in path:
        below = _child(node, step)
        if below is None:
            break
        node = below
    return int(node.start_mark.line) + 1


def _child(node: yaml.Node, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                found: yaml.Node = value
                return found
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


def _refuse_unknown(node: yaml.Node, raw: Any, known: Any, path: str) -> None:
    """Raise `MalformedForm` for a key in the text that the form did not take over."""
    if isinstance(node, yaml.MappingNode) and isinstance(known, dict):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value not in known or key.value in seen:
                why = "stands twice" if key.value in seen else "is not known here"
                raise MalformedForm(key.start_mark.line + 1, f"{path}{key.value} {why}")
            seen.add(key.value)
            _refuse_unknown(value, raw[key.value], known[key.value], f"{path}{key.value}.")
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _refuse_unknown(value, raw[index], known[index], f"{path}{index}.")
