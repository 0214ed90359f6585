"""Which deputy signs in place of the principal, from when to when, and why."""

from dataclasses import asdict, replace
from uuid import uuid4

from contracts.problems import Problem
from contracts.rpc import preparing as m
from reports.domain.preparing import SigningAuthority
from reports.storage.unit_of_work import ReportsUnitOfWork


def list_signing_authorities(
    work: ReportsUnitOfWork, request: m.ListSigningAuthorities
) -> m.SigningAuthorities:
    """The authorities of a school, the newest first; raises `Problem`."""
    _check_school(work, request.school)
    found = work.preparations.authorities(request.school)
    return m.SigningAuthorities(items=tuple(map(_message, found)))


def authorise_deputy(work: ReportsUnitOfWork, request: m.AuthoriseDeputy) -> m.SigningAuthority:
    """Let a deputy sign in place; raises `Problem`."""
    _check_school(work, request.school)
    if request.valid_to < max(request.valid_from, work.today):
        raise Problem("reports.authority_dates")
    given = SigningAuthority(
        authority_id=uuid4(),
        school=request.school,
        deputy=request.deputy,
        deputy_name=request.deputy_name,
        valid_from=request.valid_from,
        valid_to=request.valid_to,
        reason=request.reason,
        given_by=work.actor.display_name,
        given_at=work.now,
        ended_at=None,
    )
    work.preparations.authorise(given)
    work.audit(
        "signing_authority.given",
        str(given.authority_id),
        school=given.school,
        after={
            "deputy": str(given.deputy),
            "valid_from": given.valid_from.isoformat(),
            "valid_to": given.valid_to.isoformat(),
        },
    )
    return _message(given)


def end_signing_authority(
    work: ReportsUnitOfWork, request: m.EndSigningAuthority
) -> m.SigningAuthority:
    """End an authority before its last day; raises `Problem`."""
    found = work.preparations.authority(request.authority_id, work.actor)
    if found is None:
        raise Problem("resource.not_found")
    if found.ended_at is not None:
        raise Problem("reports.authority_ended")
    work.preparations.end(found.authority_id, work.now)
    work.audit(
        "signing_authority.ended",
        str(found.authority_id),
        school=found.school,
        before={"ended": False},
        after={"ended": True},
    )
    return _message(replace(found, ended_at=work.now))


def _check_school(work: ReportsUnitOfWork, school: str) -> None:
    if not work.actor.may_see(school) or not work.schools.titles([school]):
        raise Problem("resource.not_found")


def _message(found: SigningAuthority) -> m.SigningAuthority:
    return m.SigningAuthority(**asdict(found))
