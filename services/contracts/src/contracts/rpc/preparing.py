"""A report inside its school: drafted, handed in, approved; and sent through the e-office."""

from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, NonNegativeInt, StrictInt, StringConstraints

from contracts.days import Day
from contracts.ids import SchoolCode
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request, Role
from contracts.written import Long, Sentence, Short

declare(
    {
        "reports.draft_begun": 409,  # params: writer
        "reports.not_drafting": 409,  # nothing to hand in
        "reports.not_handed_in": 409,  # nothing to approve or to give back to its writer
        "reports.not_approved": 409,  # it may not leave the school yet
        "reports.incomplete": 422,  # params: missing, the numbers of the checklist's parts
        "reports.not_authorised": 403,  # this deputy doesn't sign in place today
        "reports.authority_ended": 409,
        "reports.authority_dates": 422,  # it ends before it begins, or lies in the past
        "reports.file_not_pdf": 422,
        "reports.file_too_large": 422,  # params: limit_bytes
        "reports.file_sent_before": 409,  # params: sent_on
        "reports.sent_at_impossible": 422,  # params: earliest, latest
    }
)

MOST_FILE_BYTES: Final = 4 * 1024 * 1024
_BASE64_LENGTH: Final = 4 * -(-MOST_FILE_BYTES // 3)

PreparationStage = Literal["drafting", "awaiting_approval", "approved"]
# Numbers (from 1) of the checklist's parts that the sender says the report holds.
Holds = Annotated[tuple[Annotated[StrictInt, Field(ge=1, le=50)], ...], Field(max_length=50)]
FileContent = Annotated[
    str,
    StringConstraints(min_length=1, max_length=_BASE64_LENGTH, pattern=r"^[A-Za-z0-9+/]+={0,2}$"),
]


class Preparation(Model):
    """How far a report is inside its school; told there alone.

    `note` is what the head wrote who gave it back, as long as it is with its writer. `in_place`: a
    deputy approved it for the principal (KT. Hiệu trưởng).
    """

    stage: PreparationStage
    writer: str
    note: str
    approved_by: str | None
    approved_role: Role | None
    approved_at: datetime | None
    in_place: bool


class SignedFile(Model):
    """The signed report as the e-office sent it. `sha256` is the digest of its bytes, in hex."""

    file_name: str
    size_bytes: NonNegativeInt
    sha256: str
    sent_at: datetime
    recorded_at: datetime


class BeginDraft(Request):
    """`begin_draft` → `ObligationDetail`: who asks becomes the writer.

    Raises `reports.draft_begun`, `reports.already_submitted`, `reports.exempted`.
    """

    obligation_id: UUID


class HandInDraft(Request):
    """`hand_in_draft` → `ObligationDetail`: the writer asks for approval.

    Raises `reports.not_drafting`.
    """

    obligation_id: UUID
    note: Long = ""


class GiveBackDraft(Request):
    """`give_back_draft` → `ObligationDetail`: back to its writer with a note.

    Takes an approval back as long as nothing is sent. Raises `reports.not_handed_in`.
    """

    obligation_id: UUID
    reason: Sentence


class ApproveDraft(Request):
    """`approve_draft` → `ObligationDetail`: by the principal, or a deputy in place when authorised.

    Raises `reports.not_handed_in`, `reports.not_authorised`.
    """

    obligation_id: UUID


class WithdrawReport(Request):
    """`withdraw_report` → `ObligationDetail`: the school takes back what nobody has received yet.

    The report is owed as after a return; its first submission counts on. Raises
    `reports.not_submitted`, `reports.already_received`, `reports.exempted`.
    """

    obligation_id: UUID
    reason: Sentence


class RecordSent(Request):
    """`record_sent` → `ObligationDetail`: the signed report went through the e-office at `sent_at`.

    `content` is a PDF of at most 4 MiB in base64. On time or late follows from `sent_at`, which
    lies after the beginning of the period (after the return, for a report that was returned) and
    not ahead. `holds` as in submitting. Raises what submitting raises, except
    `reports.not_approved`: the signature is the approval; `reports.file_not_pdf`,
    `reports.file_too_large`, `reports.file_sent_before`, `reports.sent_at_impossible`.
    """

    obligation_id: UUID
    sent_at: AwareDatetime
    file_name: Short
    content: FileContent
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    holds: Holds = ()


class GetSignedFile(Request):
    """`get_signed_file` of a submission. Raises `resource.not_found`."""

    obligation_id: UUID
    number: int


class SignedFileContent(Model):
    """The file itself, in base64."""

    file_name: str
    sha256: str
    content: str


class SigningAuthority(Model):
    """A deputy signs in place of the principal from one day to another, both included."""

    authority_id: UUID
    school: SchoolCode
    deputy: UUID
    deputy_name: str
    valid_from: date
    valid_to: date
    reason: str
    given_by: str
    given_at: datetime
    ended_at: datetime | None


class SigningAuthorities(Model):
    """Authorities, the newest first."""

    items: tuple[SigningAuthority, ...]


class ListSigningAuthorities(Request):
    """`list_signing_authorities` of a school in the actor's scope."""

    school: SchoolCode


class AuthoriseDeputy(Request):
    """`authorise_deputy` → `SigningAuthority`. `deputy` is the account that may sign.

    Raises `reports.authority_dates`, `resource.not_found`.
    """

    school: SchoolCode
    deputy: UUID
    deputy_name: Short
    valid_from: Day
    valid_to: Day
    reason: Sentence


class EndSigningAuthority(Request):
    """`end_signing_authority` → `SigningAuthority`, which holds no more from now on.

    Raises `reports.authority_ended`, `resource.not_found`.
    """

    authority_id: UUID
