"""Real nameko services that stand for others: `python -m tests.component.gateway.stub URL NAME…`.

They answer what the gateway's own routes ask, and misbehave on demand.
"""

import eventlet

from contracts.rpc.public_results import (
    GetPublicResults,
    GetSchoolResults,
    PublicResults,
    SchoolResults,
)

eventlet.monkey_patch()

# ruff: noqa: E402 - nothing may be imported before eventlet has patched
import secrets
import signal
import sys
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from eventlet.event import Event
from nameko.containers import ServiceContainer

from chassis.rpc import PatientRpc, remote
from contracts.answers import check
from contracts.codes import fingerprint, make_code, read_code
from contracts.problems import Problem, ProblemReply
from contracts.rpc.accounts import ChangePassword, LoggedIn, Login, Logout, Me
from contracts.rpc.base import Actor, Call, Empty, Ping, TraceEvent, TraceReply, TraceRequest
from contracts.rpc.petitions import (
    GetPublicPetition,
    PetitionReceipt,
    PublicPetition,
    SubmitPetition,
)
from contracts.rpc.receipts import (
    GetPublicFollowUp,
    GetPublicReceipt,
    PublicFollowUp,
    PublicReceipt,
    PublicTask,
)
from contracts.rpc.sessions import ResolveSession, Session
from contracts.rpc.surveys import (
    GetPublicCampaign,
    Outcome,
    Outcomes,
    PublicCampaign,
    Submission,
    SubmitResponses,
)
from tests.component.gateway.messages import Said, Wait, Words, Write
from tests.support.surveys import CARE, TTHC

CAMPAIGN = UUID("9bc1cf18-f169-5efd-890f-b9587dee2e84")
# What the stub knows: one receipt, and the code of one slip.
RECEIPT, CODE = "7K2M-QX9D-A4TW", "ABCD-EFGH-JKMN"
# One kind of entrypoint per process: two would compete for the same queue.
rpc = PatientRpc.decorator


class Stub:
    """What every service answers, and what a broken one might."""

    name: str

    @remote
    def ping(self, call: Call, request: Ping) -> Empty:
        return Empty()

    @remote
    def echo(self, call: Call, request: Words) -> Said:
        return Said(text=f"{call.actor.role}: {request.text}")

    @remote
    def refuse(self, call: Call, request: Words) -> Empty:
        raise Problem("resource.conflict", about=request.text)

    @remote
    def wait(self, call: Call, request: Wait) -> Empty:
        eventlet.sleep(request.seconds)
        return Empty()

    @remote
    def write(self, call: Call, request: Write) -> Empty:
        request.path.write_text("written")
        return Empty()

    @rpc  # type: ignore[untyped-decorator]  # nameko has no types
    def babble(self, **_: Any) -> list[str]:
        return ["no reply at all"]

    @rpc  # type: ignore[untyped-decorator]  # nameko has no types
    def invent(self, **_: Any) -> dict[str, Any]:
        return {"problem": {"code": "stub.invented", "params": {}}}

    @rpc  # type: ignore[untyped-decorator]  # nameko has no types
    def explode(self, **_: Any) -> None:
        raise RuntimeError("secret detail")

    @remote
    def trace(self, call: Call, request: TraceRequest) -> TraceReply:
        """Tell one event of an even chain; an odd one concerns the head; nothing of chain 0."""
        if request.correlation_id.int == 0:
            return TraceReply(events=())
        event = TraceEvent(
            id=uuid4(),
            type=f"{self.name}.happened",
            on=date(2024, 3, 1 + "zyxwvutsrqponmlkjihgfedcba".index(self.name[0])),
            at=None,
            source=f"/kipthoi/{self.name}",
            subject=None,
            causation_id=None,
            data={"concerns_head": request.correlation_id.int % 2 == 1},
        )
        return TraceReply(events=(event,))


class Directory(Stub):
    """Reads who calls out of the token: "role" or "role@school,school".

    A "!": the first password is still to be changed. What follows a "#" makes tokens differ.
    """

    ended: set[str] = set()  # noqa: RUF012 - nameko makes an instance per call

    @remote
    def resolve_session(self, call: Call, request: ResolveSession) -> Session:
        role, _, schools = request.token.partition("#")[0].rstrip("!").partition("@")
        try:
            actor = Actor.model_validate(
                {"role": role, "schools": tuple(schools.split(",")) if schools else None}
            )
        except ValueError:
            raise Problem("auth.required") from None
        if request.token in self.ended:
            raise Problem("auth.required")
        return Session(actor=actor, must_change_password="!" in request.token)

    @remote
    def login(self, call: Call, request: Login) -> LoggedIn:
        if request.password != "đúng mật khẩu":
            raise Problem("directory.wrong_credentials")
        me = Me(
            account_id=uuid4(),
            username=request.username,
            display_name="Cán bộ (mẫu)",
            role="principal",
            unit=None,
            schools=("hoa-cuc-mau",),
            must_change_password=request.username.endswith("!"),
        )
        token = "principal@hoa-cuc-mau" + ("!" if me.must_change_password else "")
        self.ended.discard(token)
        return LoggedIn(token=token, expires_at=datetime.now(UTC), account=me)

    @remote
    def change_password(self, call: Call, request: ChangePassword) -> Empty:
        if request.old != "đúng mật khẩu":
            raise Problem("directory.wrong_password")
        return Empty()

    @remote
    def logout(self, call: Call, request: Logout) -> Empty:
        self.ended.add(request.token)
        return Empty()


class Surveys(Stub):
    """Keeps submissions in memory. The first letters of a slug say how the campaign behaves."""

    kept: dict[UUID, tuple[str, str]] = {}  # noqa: RUF012 - nameko makes an instance per call

    @remote
    def get_public_campaign(self, call: Call, request: GetPublicCampaign) -> PublicCampaign:
        if request.slug.startswith("unknown"):
            raise Problem("surveys.unknown_campaign")
        state = "closed" if request.slug.startswith("closed") else "open"
        return PublicCampaign(
            campaign_id=CAMPAIGN,
            slug=request.slug,
            school="hoa-cuc-mau",
            school_title="Trường Mầm non Hoa Cúc (mẫu)",
            state="planned" if request.slug.startswith("planned") else state,
            opens_on=date(2024, 3, 1),
            closes_on=date(2024, 3, 14),
            legal_basis="Kế hoạch số 513/KH-GDĐT",
            form=CARE if request.slug.startswith("care") else TTHC,
            access="codes" if request.slug.startswith("codes") else "open",
            classes=("Lá 2",),
        )

    @remote
    def submit_responses(self, call: Call, request: SubmitResponses) -> Outcomes:
        return Outcomes(items=tuple(map(self._outcome, request.items)))

    def _outcome(self, item: Submission) -> Outcome:
        if item.slug.startswith("broken"):
            raise RuntimeError("stored or not?")
        body = item.model_dump_json(include={"slug", "answers", "demand"})
        if item.submission_id in self.kept:
            known, receipt = self.kept[item.submission_id]
            if known == body:
                return Outcome(submission_id=item.submission_id, status="repeated", receipt=receipt)
            return self._refused(item, "surveys.submission_differs")
        if item.slug.startswith("late"):
            return self._refused(item, "surveys.campaign_closed", closed_on="2024-03-14")
        if item.slug.startswith("codes") and item.code != fingerprint(CAMPAIGN, CODE):
            return self._refused(item, f"surveys.code_{'refused' if item.code else 'required'}")
        form = CARE if item.slug.startswith("care") else TTHC
        if check(form, item.answers, demand=item.demand is not None).errors:
            return self._refused(item, "surveys.answers_invalid", errors=[])
        self.kept[item.submission_id] = (body, make_code(secrets.randbits))
        receipt = self.kept[item.submission_id][1]
        return Outcome(submission_id=item.submission_id, status="stored", receipt=receipt)

    @remote
    def get_public_receipt(self, call: Call, request: GetPublicReceipt) -> PublicReceipt:
        if read_code(request.receipt) != RECEIPT:
            raise Problem("surveys.unknown_receipt")
        return PublicReceipt(
            campaign_id=CAMPAIGN,
            school_title="Trường Mầm non Hoa Cúc (mẫu)",
            form_words=TTHC.words,
            state="closed",
            closes_on=date(2024, 3, 14),
            closed_on=date(2024, 3, 15),
            target_percent=95,
            responses=62,
            verdict="not_met",
            conclusive=False,
        )

    @remote
    def get_public_results(self, call: Call, request: GetPublicResults) -> PublicResults:
        raise Problem("surveys.unknown_campaign")

    @remote
    def get_school_results(self, call: Call, request: GetSchoolResults) -> SchoolResults:
        raise Problem("resource.not_found")

    def _refused(self, item: Submission, code: str, **params: Any) -> Outcome:
        problem = ProblemReply(code=code, params=params)
        return Outcome(submission_id=item.submission_id, status="refused", problem=problem)


class Inspections(Stub):
    """Takes every petition and knows no receipt."""

    @remote
    def submit_petition(self, call: Call, request: SubmitPetition) -> PetitionReceipt:
        return PetitionReceipt(receipt="ABCDEFGHJKMN", due_on=date(2024, 3, 25))

    @remote
    def get_public_petition(self, call: Call, request: GetPublicPetition) -> PublicPetition:
        raise Problem("inspections.unknown_receipt")

    @remote
    def get_public_follow_up(self, call: Call, request: GetPublicFollowUp) -> PublicFollowUp:
        task = PublicTask(state="open", due_on=date(2024, 4, 5), closed_on=None)
        return PublicFollowUp(tasks=(task,), inspected_on=(date(2024, 3, 20),))


def main() -> None:
    """Run the named stubs until SIGTERM."""
    stop = Event()
    bases = {"directory": Directory, "surveys": Surveys, "inspections": Inspections}
    containers = [
        ServiceContainer(
            type(name, (bases.get(name, Stub),), {"name": name}),
            {"AMQP_URI": sys.argv[1], "serializer": "json"},
        )
        for name in sys.argv[2:]
    ]
    signal.signal(signal.SIGTERM, lambda *_: stop.ready() or stop.send())
    for container in containers:
        container.start()
    sys.stdout.write("up\n")
    sys.stdout.flush()
    stop.wait()
    for container in containers:
        container.stop()


main()
