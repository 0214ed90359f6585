"""A report inside its school: with its writer, with the principal, approved (plan, R19)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.problems import Problem
from contracts.rpc.base import Role
from contracts.rpc.preparing import MOST_FILE_BYTES, PreparationStage

PRINCIPAL: Role = "principal"
DEPUTY: Role = "deputy"
# Who prepares reports reads how far they are; nobody outside the school does.
INSIDE: frozenset[Role] = frozenset({PRINCIPAL, DEPUTY, "clerk"})
_PDF = b"%PDF-"
# Writers may put a few bytes before the head (ISO 32000, annex H: within the first 1,024).
_HEAD_WITHIN = 1024


@dataclass(frozen=True)
class Preparation:
    """How far a report is; `note` is of the head who gave it back."""

    obligation_id: UUID
    stage: PreparationStage
    writer_account: UUID | None
    writer_name: str
    note: str
    approved_by: str | None
    approved_role: Role | None
    approved_at: datetime | None
    in_place: bool
    handed_in_at: datetime | None

    def check_hand_in(self) -> None:
        """Raise `Problem` unless the writer has it."""
        if self.stage != "drafting":
            raise Problem("reports.not_drafting")

    def check_give_back(self) -> None:
        """Raise `Problem` unless a head has it, approved or not."""
        if self.stage == "drafting":
            raise Problem("reports.not_handed_in")

    def check_approve(self) -> None:
        """Raise `Problem` unless it waits for approval."""
        if self.stage != "awaiting_approval":
            raise Problem("reports.not_handed_in")


@dataclass(frozen=True)
class SigningAuthority:
    """A deputy signs in place of the principal (KT.), both days included."""

    authority_id: UUID
    school: str
    deputy: UUID
    deputy_name: str
    valid_from: date
    valid_to: date
    reason: str
    given_by: str
    given_at: datetime
    ended_at: datetime | None

    def holds(self, account: UUID | None, day: date) -> bool:
        """Whether it lets this account sign on a day."""
        return (
            self.ended_at is None
            and account == self.deputy
            and self.valid_from <= day <= self.valid_to
        )


def check_pdf(content: bytes) -> str:
    """Return the digest of a signed file (SHA-256, hex); raises `Problem` for what is no PDF."""
    if len(content) > MOST_FILE_BYTES:
        raise Problem("reports.file_too_large", limit_bytes=MOST_FILE_BYTES)
    if _PDF not in content[:_HEAD_WITHIN] or b"%%EOF" not in content[-_HEAD_WITHIN:]:
        raise Problem("reports.file_not_pdf")
    return hashlib.sha256(content).hexdigest()


def check_sent_at(sent_at: datetime, earliest: datetime, now: datetime) -> None:
    """Raise `Problem` for a moment at which the report can't have been sent."""
    if not earliest <= sent_at <= now:
        raise Problem(
            "reports.sent_at_impossible", earliest=earliest.isoformat(), latest=now.isoformat()
        )
