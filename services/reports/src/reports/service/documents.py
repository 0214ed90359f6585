"""Official documents and their templates, made outside of transactions."""

from eventlet import tpool

from chassis.rpc import remote
from contracts.rpc import documents as d
from contracts.rpc.base import Call
from reports.application import documents, issuing, templates
from reports.storage.unit_of_work import Units


class DocumentRpc:
    """Documents are written, numbered and given out; templates kept."""

    units: Units

    @remote
    def list_documents(self, call: Call, request: d.ListDocuments) -> d.Documents:
        with self.units.for_call(call) as work:
            return documents.list_documents(work, request)

    @remote
    def get_document(self, call: Call, request: d.GetDocument) -> d.Document:
        with self.units.for_call(call) as work:
            return documents.get_document(work, request)

    @remote
    def compose_document(self, call: Call, request: d.ComposeDocument) -> d.Document:
        with self.units.for_call(call) as work:
            return documents.compose_document(work, request)

    @remote
    def number_document(self, call: Call, request: d.NumberDocument) -> d.Document:
        with self.units.before_call(call) as work:
            made_of = issuing.to_issue(work, request)
        # In a thread of the system: other calls go on meanwhile.
        docx = tpool.execute(issuing.produce, made_of)
        with self.units.for_call(call) as work:
            return issuing.issue(work, made_of, docx)

    @remote
    def get_document_file(self, call: Call, request: d.GetDocumentFile) -> d.DocumentFile:
        with self.units.for_call(call) as work:
            found = issuing.to_give_out(work, request)
        if isinstance(found, d.DocumentFile):
            return found
        docx = tpool.execute(issuing.produce, found)
        return issuing.file_of(found.kept, request.format, docx)

    @remote
    def list_templates(self, call: Call, request: d.ListTemplates) -> d.Templates:
        with self.units.for_call(call) as work:
            return templates.list_templates(work, request)

    @remote
    def add_template(self, call: Call, request: d.AddTemplate) -> d.Template:
        with self.units.before_call(call) as work:
            templates.check_kind(work, request.kind)
        data = tpool.execute(templates.read_template, request)
        with self.units.for_call(call) as work:
            return templates.add_template(work, data, request)

    @remote
    def get_template_file(self, call: Call, request: d.GetTemplateFile) -> d.DocumentFile:
        with self.units.for_call(call) as work:
            return templates.get_template_file(work, request)
