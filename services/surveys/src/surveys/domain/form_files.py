"""A form as YAML text: read with its line and reason where it is none, and written."""

from typing import Any, Final

import yaml

from contracts.forms import Form
from surveys.domain.form_faults import MalformedForm, Path, build

__all__ = ["MalformedForm", "read_form", "write_form"]

# libyaml where the wheel has it: the pure one takes a second for a long form.
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST: Final = 10


def read_form(text: str, *, version: int | None = None) -> Form:
    """Return the form that a YAML text describes; raises `MalformedForm` at its first fault.

    Keys that the form doesn't know are refused as well: they are most likely misspelt. So are
    aliases, which could unfold without end. `version`: the form gets this number, whatever the
    text says.
    """
    try:
        _refuse_unfolding(text)
        root = yaml.compose(text, Loader=_LOADER)
        raw = yaml.load(text, Loader=_LOADER)  # noqa: S506 - one of the two safe loaders
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line = mark.line + 1 if mark else 1
        raise MalformedForm(line, str(wrong.problem), "syntax") from None
    except (yaml.YAMLError, ValueError) as wrong:
        raise MalformedForm(1, str(wrong), "syntax") from None
    if root is None:
        raise MalformedForm(1, "the text is empty", "empty")
    if version is not None and isinstance(raw, dict):
        raw = raw | {"version": version}
    form = build(raw, lambda path: _line_of(root, path))
    _refuse_unknown(root, raw, form.model_dump(), "")
    return form


def write_form(form: Form) -> str:
    """Return the text from which `read_form` reads the same form."""
    body = form.model_dump(mode="json", exclude_defaults=True)
    text: str = yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=1000)
    return text


def _refuse_unfolding(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise MalformedForm(line, "an alias repeats another part", "alias")
        if depth > DEEPEST:
            raise MalformedForm(line, "parts stand too deep in each other", "nested")


def _line_of(node: yaml.Node, path: Path) -> int:
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
                doubled = key.value in seen
                reason = f"{path}{key.value} {'stands twice' if doubled else 'is not known here'}"
                raise MalformedForm(
                    key.start_mark.line + 1,
                    reason,
                    "twice" if doubled else "unknown_key",
                    f"{path}{key.value}",
                )
            seen.add(key.value)
            _refuse_unknown(value, raw[key.value], known[key.value], f"{path}{key.value}.")
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _refuse_unknown(value, raw[index], known[index], f"{path}{index}.")
