"""Who lets a report leave its school: the principal, or a deputy in place (KT.), plan R19."""

from dataclasses import replace
from uuid import UUID

from contracts.problems import Problem
from reports.domain.obligations import Obligation
from reports.domain.preparing import DEPUTY, PRINCIPAL, Preparation
from reports.storage.unit_of_work import ReportsUnitOfWork


def signs(work: ReportsUnitOfWork, school: str) -> bool:
    """Whether the actor's word lets a report leave today."""
    return work.actor.role == PRINCIPAL or signs_in_place(work, school)


def signs_in_place(work: ReportsUnitOfWork, school: str) -> bool:
    """Whether the actor is a deputy who is authorised today."""
    return work.actor.role == DEPUTY and any(
        authority.holds(work.actor.account_id, work.today)
        for authority in work.preparations.authorities(school)
    )


def approved(work: ReportsUnitOfWork, before: Preparation, school: str) -> Preparation:
    """Return it approved by the actor; raises `reports.not_authorised`."""
    if not signs(work, school):
        raise Problem("reports.not_authorised")
    return replace(
        before,
        stage="approved",
        note="",
        approved_by=work.actor.display_name,
        approved_role=work.actor.role,
        approved_at=work.now,
        in_place=work.actor.role == DEPUTY,
    )


def approve_by_sending(work: ReportsUnitOfWork, obligation: Obligation) -> bool:
    """Make sure that a report may leave; whoever signs approves it by sending it.

    Returns whether a deputy signs in place. Raises `reports.not_approved`.
    """
    found = work.preparations.get(obligation.obligation_id)
    if found is not None and found.stage == "approved":
        return found.in_place
    if not signs(work, obligation.school):
        raise Problem("reports.not_approved")
    prepared = found or begun(work, obligation.obligation_id)
    work.preparations.save(approved(work, prepared, obligation.school))
    return work.actor.role == DEPUTY


def check_approved(work: ReportsUnitOfWork, obligation: Obligation) -> Preparation:
    """Return the preparation of what may leave the school; raises `reports.not_approved`."""
    found = work.preparations.get(obligation.obligation_id)
    if found is None or found.stage != "approved":
        raise Problem("reports.not_approved")
    return found


def begun(work: ReportsUnitOfWork, obligation_id: UUID) -> Preparation:
    """Return a report that nobody prepared, with the actor as its writer."""
    return Preparation(
        obligation_id=obligation_id,
        stage="drafting",
        writer_account=work.actor.account_id,
        writer_name=work.actor.display_name,
        note="",
        approved_by=None,
        approved_role=None,
        approved_at=None,
        in_place=False,
        handed_in_at=None,
    )


def begin_anew(work: ReportsUnitOfWork, obligation_id: UUID) -> None:
    """Give a report that came back to its writer: what was approved then is approved no more."""
    work.drafts.thaw(obligation_id)
    found = work.preparations.get(obligation_id)
    if found is not None:
        work.preparations.save(with_writer(found, ""))


def with_writer(before: Preparation, note: str) -> Preparation:
    """Return it with its writer, and what the head says."""
    return replace(
        before,
        stage="drafting",
        note=note,
        approved_by=None,
        approved_role=None,
        approved_at=None,
        in_place=False,
        handed_in_at=None,
    )
