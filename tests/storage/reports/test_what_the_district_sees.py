"""The district sees reports and sums: nobody of the school by name, nothing said inside it.

Every method of reports is walked whose route lets the district in; one that is new has to be told
here which route it belongs to, and how it is asked.
"""

import base64
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import pytest
from pydantic import BaseModel

from chassis import traces
from contracts.rpc import documents as doc
from contracts.rpc import figures as f
from contracts.rpc import obligations as o
from contracts.rpc import oversight as x
from contracts.rpc import preparing as p
from contracts.rpc import reminders as rem
from contracts.rpc import requests as r
from contracts.rpc import workdays as w
from contracts.rpc.base import Actor, TraceRequest
from contracts.rpc.registry import METHODS
from deploy.local.postgres import PostgreSQL
from gateway.access import ACCESS, DISTRICT
from reports.application import (
    commands,
    documents,
    extending,
    issuing,
    matrix,
    overview,
    preparing,
    questions,
    reckoning,
    reminder_questions,
    request_replies,
    requesting,
    summarising,
    templates,
)
from reports.domain.documents.summary import build
from reports.storage.unit_of_work import ReportsUnitOfWork as Work
from tests.storage.reports.conftest import OFFICER, Clock, Room
from tests.storage.reports.inside import INSIDE, NAME, SIGNER, WRITER, Place, asked_for, whole_way
from tests.support.databases import lent, migrated
from tests.support.schools import SCHOOL, registered

VIEWER: Final = Actor(role="district_viewer", schools=(SCHOOL,))
WHY: Final = "Lý do của phòng"

Ask = Callable[[Work, Place], Any]
# method → the route that asks it, and how; None where the district is not let in
WALK: Final[dict[str, tuple[str, Ask | None]]] = {
    "list_kinds": ("GET /kinds", lambda k, _: questions.list_kinds(k, o.ListKinds())),
    "list_obligations": (
        "GET /obligations",
        lambda k, _: questions.list_obligations(k, o.ListObligations()),
    ),
    "get_obligation": (
        "GET /obligations/{obligation_id}",
        lambda k, of: questions.get_obligation(k, o.GetObligation(obligation_id=of.sent)),
    ),
    "submit_report": ("POST /obligations/{obligation_id}/submit", None),
    "withdraw_report": ("POST /obligations/{obligation_id}/withdraw", None),
    "receive_report": (
        "POST /obligations/{obligation_id}/receive",
        lambda k, of: commands.receive_report(k, o.ReceiveReport(obligation_id=of.sent)),
    ),
    "return_report": (
        "POST /obligations/{obligation_id}/return",
        lambda k, of: commands.return_report(k, o.ReturnReport(obligation_id=of.sent, reason=WHY)),
    ),
    "exempt_obligation": (
        "POST /obligations/{obligation_id}/exempt",
        lambda k, of: commands.exempt_obligation(
            k, o.ExemptObligation(obligation_id=of.owed, reason=WHY)
        ),
    ),
    "extend_obligation": (
        "POST /obligations/{obligation_id}/extend",
        lambda k, of: extending.extend_obligation(
            k, x.ExtendObligation(obligation_id=of.owed, due_on=date(2024, 3, 27), reason=WHY)
        ),
    ),
    "get_matrix": ("GET /report-matrix", lambda k, _: matrix.get_matrix(k, x.GetMatrix())),
    "get_summary_file": (
        "GET /report-summaries/{kind}/{period}/file",
        lambda k, _: build(
            summarising.summarise(k, x.GetSummaryFile(kind="periodic", period="2024-q1"))
        ),
    ),
    "list_documents": (
        "GET /obligations/{obligation_id}/documents",
        lambda k, of: documents.list_documents(k, doc.ListDocuments(obligation_id=of.sent)),
    ),
    "get_document": (
        "GET /documents/{document_id}",
        lambda k, of: documents.get_document(k, doc.GetDocument(document_id=of.document)),
    ),
    "compose_document": ("POST /obligations/{obligation_id}/documents", None),
    "number_document": ("POST /documents/{document_id}/number", None),
    "get_document_file": (
        "GET /documents/{document_id}/file",
        lambda k, of: issuing.to_give_out(
            k, doc.GetDocumentFile(document_id=of.document, format="docx")
        ),
    ),
    "list_templates": (
        "GET /document-templates",
        lambda k, _: templates.list_templates(k, doc.ListTemplates()),
    ),
    "add_template": (
        "POST /document-templates/{kind}",
        lambda k, _: templates.list_templates(k, doc.ListTemplates()),
    ),
    "get_template_file": (
        "GET /document-templates/{kind}/{version}/file",
        lambda k, _: templates.get_template_file(
            k, doc.GetTemplateFile(kind="periodic", version=0)
        ),
    ),
    "begin_draft": ("POST /obligations/{obligation_id}/draft", None),
    "hand_in_draft": ("POST /obligations/{obligation_id}/hand-in", None),
    "give_back_draft": ("POST /obligations/{obligation_id}/give-back", None),
    "approve_draft": ("POST /obligations/{obligation_id}/approve", None),
    "record_sent": ("POST /obligations/{obligation_id}/e-office", None),
    "get_signed_file": (
        "GET /obligations/{obligation_id}/signed-files/{number}",
        lambda k, of: preparing.get_signed_file(
            k, p.GetSignedFile(obligation_id=of.sent, number=1)
        ),
    ),
    "get_draft": ("GET /obligations/{obligation_id}/figures", None),
    "get_figure_origin": ("GET /obligations/{obligation_id}/figures/{figure}/origin", None),
    "correct_figure": ("POST /obligations/{obligation_id}/figures/{figure}", None),
    "list_signing_authorities": ("GET /schools/{school}/signing-authorities", None),
    "authorise_deputy": ("POST /schools/{school}/signing-authorities", None),
    "end_signing_authority": ("POST /signing-authorities/{authority_id}/end", None),
    "get_overview": ("GET /overview", lambda k, _: overview.get_overview(k, f.GetOverview())),
    "get_figures": (
        "GET /schools/{school}/figures",
        lambda k, _: overview.get_figures(k, f.GetFigures(school=SCHOOL)),
    ),
    "add_working_days": (
        "GET /workdays/add",
        lambda k, _: reckoning.add_working_days(
            k, w.AddWorkingDays(after=date(2024, 3, 1), working_days=3)
        ),
    ),
    "count_working_days": (
        "GET /workdays/count",
        lambda k, _: reckoning.count_working_days(
            k, w.CountWorkingDays(after=date(2024, 3, 1), until=date(2024, 3, 8))
        ),
    ),
    "get_window": (
        "GET /workdays/window",
        lambda k, _: reckoning.get_window(k, w.GetWindow(period="2024-q1")),
    ),
    "get_kind_deadline": (
        "GET /workdays/deadline",
        lambda k, _: reckoning.get_kind_deadline(
            k, w.GetKindDeadline(kind="periodic", period="2024-q1")
        ),
    ),
    "make_request": ("POST /requests", lambda k, _: requesting.make_request(k, asked_for())),
    "make_collection": ("POST /collections", None),
    "list_requests": (
        "GET /requests",
        lambda k, _: request_replies.list_requests(k, r.ListRequests()),
    ),
    "get_request": (
        "GET /requests/{request_id}",
        lambda k, of: request_replies.get_request(k, r.GetRequest(request_id=of.request)),
    ),
    "answer_request": ("POST /requests/{request_id}/answer", None),
    "close_request": (
        "POST /requests/{request_id}/close",
        lambda k, of: requesting.close_request(
            k, r.CloseRequest(request_id=of.request, reason=WHY)
        ),
    ),
    "list_reminders": (
        "GET /reminders",
        lambda k, _: reminder_questions.list_reminders(k, rem.ListReminders()),
    ),
    "list_reminder_mails": (
        "GET /reminder-mails",
        lambda k, _: reminder_questions.list_reminder_mails(
            k, rem.ListReminderMails(), leaving=True
        ),
    ),
    "get_mail_addresses": (
        "GET /schools/{school}/mail-addresses",
        lambda k, _: reminder_questions.get_mail_addresses(k, rem.GetMailAddresses(school=SCHOOL)),
    ),
    "set_mail_addresses": (
        "POST /schools/{school}/mail-addresses",
        lambda k, _: reminder_questions.set_mail_addresses(
            k, rem.SetMailAddresses(school=SCHOOL, addresses=("mau@example.vn",))
        ),
    ),
    "trace": (
        "GET /traces/{correlation_id}",
        lambda k, of: traces.read(k.connection, k.actor, TraceRequest(correlation_id=of.chain)),
    ),
}
# The report itself says who signed it.
SIGNED: Final = frozenset({"list_documents", "get_document", "get_document_file"})


@pytest.fixture(scope="module")
def room(postgres: PostgreSQL) -> Iterator[Room]:
    """One school for all: what a test asks for is undone."""
    with lent("reports", postgres) as database, migrated("reports", database) as engine:
        made = Room(engine, Clock())
        made.hear(registered())
        yield made


@pytest.fixture(scope="module")
def place(room: Room) -> Place:
    return whole_way(room)


def words_of(told: Any) -> str:
    """Everything that a reply says, a file's words too."""
    if isinstance(told, bytes):
        with ZipFile(BytesIO(told)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    if isinstance(told, doc.DocumentFile):
        return told.name + words_of(base64.b64decode(told.content))
    if isinstance(told, issuing.ToProduce):
        return words_of(issuing.produce(told))
    assert isinstance(told, BaseModel)
    return told.model_dump_json()


def test_every_method_is_walked() -> None:
    assert set(WALK) == set(METHODS["reports"]) - {"ping"}
    for method, (route, ask) in WALK.items():
        verb, _, path = route.partition(" ")
        let_in = bool(ACCESS[f"{verb} /api/v1{path}"].roles & DISTRICT)
        assert let_in == (ask is not None), method


@pytest.mark.parametrize("method", sorted(name for name, (_, ask) in WALK.items() if ask))
def test_nobody_of_the_school_and_nothing_said_inside_is_told(
    room: Room, place: Place, method: str
) -> None:
    _, ask = WALK[method]
    assert ask is not None
    for actor in (VIEWER, OFFICER):
        with room.call(actor) as work:
            told = words_of(ask(work, place))
            work.connection.rollback()
        assert NAME not in told
        assert INSIDE not in told
        assert method in SIGNED or SIGNER not in told


def test_the_school_itself_reads_who_did_what(room: Room, place: Place) -> None:
    with room.call(WRITER) as work:
        told = questions.get_obligation(work, o.GetObligation(obligation_id=place.sent))
    assert NAME in told.model_dump_json()
    assert INSIDE in told.model_dump_json()
    with room.call(OFFICER) as work:
        above = questions.get_obligation(work, o.GetObligation(obligation_id=place.sent))
    assert [one.by_role for one in above.submitted] == ["clerk"], "the role is told"


def test_what_parents_wrote_is_read_at_their_school_alone() -> None:
    for line, rule in ACCESS.items():
        if "comments" in line:
            assert not rule.roles & DISTRICT, line
