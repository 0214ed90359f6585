"""Who calls: the hot question of the gateway, one query each time."""

from datetime import timedelta
from typing import Final

from contracts.problems import Problem
from contracts.rpc.accounts import Me
from contracts.rpc.base import Actor
from contracts.rpc.sessions import ResolveSession, Session
from directory.application.tokens import digest, is_key
from directory.domain.sessions import Lifetime
from directory.storage.scopes import Caller
from directory.storage.unit_of_work import DirectoryUnitOfWork

# How often the use of a session is noted: a write now and then, not one per request.
NOTED_EVERY: Final = timedelta(minutes=1)


def resolve_session(
    work: DirectoryUnitOfWork, asked: ResolveSession, lifetime: Lifetime
) -> Session:
    """Return who sent the token, a session's or a key's, with the scope of today.

    Raises `auth.required` for one that is unknown, ended, expired, revoked or disabled.
    """
    token_hash = digest(asked.token)
    if is_key(asked.token):
        caller = work.scopes.of_key(token_hash)
    else:
        caller = work.scopes.of_session(token_hash)
    if caller is None:
        raise Problem("auth.required")
    _require_alive(work, caller, token_hash, lifetime)
    return Session(actor=actor_of(caller), must_change_password=caller.must_change_password)


def _require_alive(
    work: DirectoryUnitOfWork, caller: Caller, token_hash: bytes, lifetime: Lifetime
) -> None:
    if caller.opened_at is None or caller.used_at is None:
        return
    now = work.real_now
    if not lifetime.alive(now, opened_at=caller.opened_at, used_at=caller.used_at):
        raise Problem("auth.required")
    if now - caller.used_at >= NOTED_EVERY:
        work.sessions.use(token_hash, now)


def get_me(work: DirectoryUnitOfWork) -> Me:
    """Return the calling account, or the key as if it were one."""
    account_id = work.actor.account_id
    if account_id is None:
        raise Problem("auth.required")
    caller = work.scopes.of_account(account_id) or work.scopes.of_key_id(account_id)
    if caller is None:
        raise Problem("auth.required")
    return me_of(caller)


def me_of(caller: Caller) -> Me:
    """Return what an account is told about itself."""
    return Me(
        account_id=caller.id,
        username=caller.username,
        display_name=caller.display_name,
        role=caller.role,
        unit=caller.unit,
        schools=caller.schools,
        must_change_password=caller.must_change_password,
    )


def actor_of(caller: Caller) -> Actor:
    """Return who acts. A key acts by its own id, so that the audit knows which one it was."""
    return Actor(
        role=caller.role,
        account_id=caller.id,
        display_name=caller.display_name,
        unit=caller.unit,
        schools=caller.schools,
    )
