"""Documents out of templates: Word files with fields, of which nothing but fields is allowed.

A template is written by people of the district and runs inside the service, so its language is
cut down to known fields, loops over known lists and conditions on them.
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports.domain.documents.letter import FIELDS, TEXT, Letter, Shape

FILTERS: Final = frozenset({"upper", "lower"})
# Loops inside loops multiply what is written.
DEEPEST_LOOP: Final = 2


class TemplateFault(Exception):
    """A template that is refused.

    `why`: not_a_document, too_large, active_content, field_syntax, unknown_field, construct or
    layout.
    `field` names the field or the construct; `more` says what is wrong with the layout, by parts.
    """

    def __init__(self, why: str, field: str = "", more: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{why} {field}".strip())
        self.why = why
        self.field = field
        self.more = dict(more or {})


def render(template: bytes, letter: Letter) -> bytes:
    """Return the document of a letter as a Word file; raises `TemplateFault`."""
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(letter.fields(), _Fields(), autoescape=True)
    except TemplateSyntaxError as wrong:
        raise TemplateFault("field_syntax", (wrong.message or "")[:200]) from None
    except (ValueError, KeyError, SyntaxError, zipfile.BadZipFile) as wrong:
        # python-docx and lxml name no common error for a file that is no Word document.
        raise TemplateFault("not_a_document", type(wrong).__name__) from None
    made = BytesIO()
    document.save(made)
    return made.getvalue()


class _Fields(ImmutableSandboxedEnvironment):
    """Parses every text of a document, its properties too; each is looked at before it runs."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _statements(tree.body, FIELDS, 0)
        return tree


def _statements(body: list[nodes.Node], scope: dict[str, Shape], depth: int) -> None:
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    _shape(part, scope)
        elif isinstance(node, nodes.For):
            _loop(node, scope, depth + 1)
        elif isinstance(node, nodes.If):
            _shape(node.test, scope)
            _statements([*node.body, *node.elif_, *node.else_], scope, depth)
        else:
            raise _not_allowed(node)


def _loop(node: nodes.For, scope: dict[str, Shape], depth: int) -> None:
    plain = node.test is None and not node.recursive and isinstance(node.target, nodes.Name)
    if not plain or depth > DEEPEST_LOOP:
        raise _not_allowed(node)
    items = _shape(node.iter, scope).items
    if items is None:
        raise _not_allowed(node)
    place = Shape(dict.fromkeys(("index", "first", "last", "length"), TEXT))
    target: Any = node.target
    _statements([*node.body, *node.else_], scope | {target.name: items, "loop": place}, depth)


def _shape(node: nodes.Node, scope: dict[str, Shape]) -> Shape:
    """Return what an expression stands for; raises `TemplateFault`."""
    if isinstance(node, nodes.Const):
        return TEXT
    if isinstance(node, nodes.Name):
        if node.name not in scope:
            raise TemplateFault("unknown_field", node.name)
        return scope[node.name]
    if isinstance(node, nodes.Getattr):
        parts = _shape(node.node, scope).parts
        if node.attr not in parts:
            raise TemplateFault("unknown_field", _dotted(node))
        return parts[node.attr]
    if isinstance(node, nodes.Filter) and node.node is not None and node.name in FILTERS:
        return _shape(node.node, scope)
    if isinstance(node, nodes.Not):
        _shape(node.node, scope)
        return TEXT
    if isinstance(node, nodes.And | nodes.Or):
        _shape(node.left, scope)
        _shape(node.right, scope)
        return TEXT
    raise _not_allowed(node)


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"


def _not_allowed(node: nodes.Node) -> TemplateFault:
    return TemplateFault("construct", type(node).__name__.lower())
