"""A document from its draft to its PDF, made by LibreOffice while the service answers others."""

import base64
from datetime import date

import pytest

from contracts.problems import Problem
from contracts.rpc import documents as m
from contracts.rpc import preparing as p
from contracts.rpc.base import Actor, Empty, Ping
from reports.domain.documents.checking import check
from tests.component.reports.conftest import Reports
from tests.support.eventually import eventually
from tests.support.letters import LAYOUT
from tests.support.schools import SCHOOL, registered

CLERK = Actor(role="clerk", display_name="Văn thư (mẫu)", schools=(SCHOOL,))
HEAD = Actor(role="principal", display_name="Hiệu trưởng (mẫu)", schools=(SCHOOL,))
TITLES = {"ubnd-mau": "Ủy ban nhân dân Quận Mẫu", "phong-mau": "Phòng Giáo dục và Đào tạo Mẫu"}


def test_a_numbered_document_gets_its_pdf(reports: Reports) -> None:
    reports.hear(registered())
    reports.wait_for(16)
    (owed,) = reports.listed(kind="cchc_result", period="2024-q1")
    draft = reports.rpc.call(
        "reports.compose_document",
        m.ComposeDocument(
            obligation_id=owed.obligation_id,
            place="Quận Mẫu",
            issued_on=date(2024, 3, 15),
            signer="Nguyễn Thí Dụ",
            texts=("Đã làm.",) * 6,
            units=TITLES,
        ),
        m.Document,
        actor=CLERK,
    )
    numbered = m.NumberDocument(
        document_id=draft.document_id, number=12, issued_on=date(2024, 3, 15), units=TITLES
    )
    report = {"obligation_id": owed.obligation_id}
    reports.command("begin_draft", CLERK, p.BeginDraft(**report))
    reports.command("hand_in_draft", CLERK, p.HandInDraft(**report))
    reports.command("approve_draft", HEAD, p.ApproveDraft(**report))
    issued = reports.rpc.call("reports.number_document", numbered, m.Document, actor=CLERK)
    assert (issued.number, issued.pdf) == (12, "waiting")
    with pytest.raises(Problem) as refused:
        reports.rpc.call("reports.number_document", numbered, m.Document, actor=CLERK)
    assert refused.value.code == "reports.document_numbered"

    def file(kind: m.FileKind) -> m.DocumentFile:
        wanted = m.GetDocumentFile(document_id=draft.document_id, format=kind)
        return reports.rpc.call("reports.get_document_file", wanted, m.DocumentFile, actor=CLERK)

    word = file("docx")
    assert word.name == f"12-cchc_result-{SCHOOL}-2024.docx"
    assert check(base64.b64decode(word.content), LAYOUT) == ()

    def ready() -> bool:
        # Meanwhile the service answers.
        reports.rpc.call("reports.ping", Ping(), Empty)
        asked = m.GetDocument(document_id=draft.document_id)
        return (
            reports.rpc.call("reports.get_document", asked, m.Document, actor=CLERK).pdf == "ready"
        )

    eventually(ready, timeout=150, message="the PDF is made")
    assert base64.b64decode(file("pdf").content).startswith(b"%PDF")
