"""API keys of machines."""

from dataclasses import replace
from uuid import uuid4

from contracts.problems import Problem
from contracts.rpc import accounts as m
from directory.application.granting import require_grant
from directory.application.placing import school_of
from directory.application.spelling import nfc
from directory.application.tokens import digest, new_key_token
from directory.domain.records import ApiKey
from directory.storage.unit_of_work import DirectoryUnitOfWork


def list_api_keys(work: DirectoryUnitOfWork) -> m.ApiKeys:
    """Return the keys at the actor's unit and below it."""
    return m.ApiKeys(items=tuple(map(_show, work.keys.listed(work.reach()))))


def create_api_key(work: DirectoryUnitOfWork, wanted: m.CreateApiKey) -> m.NewApiKey:
    """Make a key; its secret is told once."""
    require_grant(work, wanted.role, wanted.unit)
    token = new_key_token()
    key = ApiKey(uuid4(), nfc(wanted.title), wanted.role, wanted.unit, work.real_now)
    work.keys.add(key, digest(token))
    work.audit(
        "api_key.created",
        str(key.id),
        school=school_of(work, key.unit),
        after={"role": key.role, "unit": key.unit},
    )
    return m.NewApiKey(**dict(_show(key)), token=token)


def revoke_api_key(work: DirectoryUnitOfWork, wanted: m.RevokeApiKey) -> m.ApiKey:
    """End a key for good; one that was ended stays as it is."""
    key = work.keys.lock(wanted.key_id, work.reach())
    if key is None:
        raise Problem("resource.not_found")
    require_grant(work, key.role, key.unit)
    if key.revoked_at is None:
        work.keys.revoke(key.id, work.real_now)
        work.audit(
            "api_key.revoked",
            str(key.id),
            school=school_of(work, key.unit),
            before={"revoked": False},
            after={"revoked": True},
        )
        key = replace(key, revoked_at=work.real_now)
    return _show(key)


def _show(key: ApiKey) -> m.ApiKey:
    return m.ApiKey(
        key_id=key.id,
        title=key.title,
        role=key.role,
        unit=key.unit,
        created_at=key.created_at,
        revoked_at=key.revoked_at,
    )
