"""The Word templates of documents: shipped ones, and the district's own."""

import base64
import binascii

from contracts.problems import Problem
from contracts.rpc import documents as m
from reports.application.issuing import refused, template_of
from reports.domain.documents import uploads
from reports.domain.documents.rendering import TemplateFault
from reports.shipped import document_layouts
from reports.storage.unit_of_work import ReportsUnitOfWork


def list_templates(work: ReportsUnitOfWork, _: m.ListTemplates) -> m.Templates:
    """All versions by kind, the newest first; each kind ends with the shipped one."""
    own = work.templates.listed()
    shown: list[m.Template] = []
    for kind in work.kinds.codes():
        shown += [
            m.Template(
                kind=kind,
                version=one.version,
                uploaded_at=one.uploaded_at,
                uploaded_by=one.uploaded_by,
            )
            for one in own
            if one.kind == kind
        ]
        shown.append(m.Template(kind=kind, version=0, uploaded_at=None, uploaded_by=None))
    return m.Templates(items=tuple(shown))


def check_kind(work: ReportsUnitOfWork, kind: str) -> None:
    """Raise `Problem` where there is no such kind of report."""
    if kind not in work.kinds.codes():
        raise Problem("resource.not_found")


def read_template(request: m.AddTemplate) -> bytes:
    """Return the file of an upload once it has been tried; raises `Problem`."""
    try:
        data = base64.b64decode(request.content, validate=True)
    except (binascii.Error, ValueError):
        raise Problem("request.invalid", fields=["content"]) from None
    try:
        # The newest rules: a template is used from now on.
        uploads.accept(data, document_layouts()[-1])
    except TemplateFault as fault:
        raise refused(fault) from None
    return data


def add_template(work: ReportsUnitOfWork, data: bytes, request: m.AddTemplate) -> m.Template:
    """Keep a template that was tried as the next version of its kind."""
    check_kind(work, request.kind)
    added = work.templates.add(request.kind, data, work.now, work.actor.display_name)
    work.audit(
        "template.added",
        f"{added.kind}/{added.version}",
        after={"kind": added.kind, "version": added.version, "bytes": len(data)},
    )
    return m.Template(
        kind=added.kind,
        version=added.version,
        uploaded_at=added.uploaded_at,
        uploaded_by=added.uploaded_by,
    )


def get_template_file(work: ReportsUnitOfWork, request: m.GetTemplateFile) -> m.DocumentFile:
    """A version's Word file, to change it in Word; raises `Problem`."""
    check_kind(work, request.kind)
    data = template_of(work, request.kind, request.version)
    return m.DocumentFile(
        name=f"mau-{request.kind}-v{request.version}.docx",
        content=base64.b64encode(data).decode("ascii"),
    )
