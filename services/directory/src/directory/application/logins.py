"""Logging in and out, and one's own password.

A password is verified between two transactions: argon2 takes its time, and a transaction that waits
for it would hold a connection and a lock. The attempt is counted in the first one, so that parallel
guesses are counted too; the second one looks whether the account is still as it was.
"""

from contracts.problems import Problem
from contracts.rpc.accounts import ChangePassword, LoggedIn, Login
from contracts.rpc.base import Call
from directory.application.calling import actor_of, me_of
from directory.application.hashing import Passwords
from directory.application.placing import school_of
from directory.application.tokens import digest, new_session_token
from directory.domain import attempts, passwords
from directory.domain.sessions import Lifetime
from directory.storage.accounts import Claim
from directory.storage.unit_of_work import DirectoryUnitOfWork, Units


class Logins:
    """Opens and ends sessions, changes passwords."""

    def __init__(self, units: Units, hashing: Passwords, lifetime: Lifetime) -> None:
        self._units = units
        self._hashing = hashing
        self._lifetime = lifetime

    def login(self, call: Call, wanted: Login) -> LoggedIn:
        """Open a session. Raises `directory.wrong_credentials` for whatever is wrong with them.

        Raises `directory.blocked` after too many attempts on a username, known or not.
        """
        username = wanted.username.strip().lower()
        with self._units.before_call(call) as work:
            _count_attempt(work, username)
            claim = work.accounts.claimed(username)
        right = self._hashing.verify(claim.password_hash if claim else None, wanted.password)
        if claim is None or not right:
            raise Problem("directory.wrong_credentials")
        fresh = None
        if self._hashing.outdated(claim.password_hash):
            fresh = self._hashing.hash(wanted.password)
        with self._units.for_call(call) as work:
            if not work.accounts.logged_in(claim, work.real_now, fresh):
                raise Problem("directory.wrong_credentials")
            work.attempts.clear(digest(username))
            return self._open(work, claim)

    def _open(self, work: DirectoryUnitOfWork, claim: Claim) -> LoggedIn:
        caller = work.scopes.of_account(claim.account_id)
        assert caller is not None  # the row is locked by this transaction
        token = new_session_token()
        work.sessions.open(digest(token), claim.account_id, work.real_now)
        work.actor = actor_of(caller)
        school = school_of(work, caller.unit)
        work.audit("session.opened", str(claim.account_id), school=school)
        return LoggedIn(
            token=token,
            expires_at=work.real_now + self._lifetime.absolute,
            account=me_of(caller),
        )

    def logout(self, call: Call, token: str) -> None:
        """End the session of a token, if there is one."""
        with self._units.for_call(call) as work:
            account_id = work.sessions.end(digest(token))
            if account_id is not None:
                school = school_of(work, work.actor.unit)
                work.audit("session.ended", str(account_id), school=school)

    def change_password(self, call: Call, wanted: ChangePassword) -> None:
        """Change the caller's own password; all its sessions end but that of `wanted.token`.

        Raises `directory.wrong_password`, `directory.weak_password`, `directory.blocked`, and
        `auth.forbidden` for a key, which has no password.
        """
        with self._units.before_call(call) as work:
            username = _own_username(work)
            _count_attempt(work, username)
            claim = work.accounts.claimed(username)
        right = self._hashing.verify(claim.password_hash if claim else None, wanted.old)
        if claim is None or not right:
            raise Problem("directory.wrong_password")
        with self._units.before_call(call) as work:
            work.attempts.clear(digest(username))
        old, new = passwords.normalise(wanted.old), passwords.normalise(wanted.new)
        fault = passwords.fault_of(new, old=old, username=username)
        if fault is not None:
            raise Problem("directory.weak_password", why=fault, min_length=passwords.SHORTEST)
        made = self._hashing.hash(wanted.new)
        with self._units.for_call(call) as work:
            if not work.accounts.change_password(claim, made):
                raise Problem("resource.conflict")
            keep = digest(wanted.token) if wanted.token else b""
            ended = work.sessions.end_all(claim.account_id, but=keep)
            work.audit(
                "password.changed",
                str(claim.account_id),
                school=school_of(work, work.actor.unit),
                after={"sessions_ended": ended},
            )


def _own_username(work: DirectoryUnitOfWork) -> str:
    account_id = work.actor.account_id
    account = work.accounts.find(account_id) if account_id else None
    if account is None:
        raise Problem("auth.forbidden")
    return account.username


def _count_attempt(work: DirectoryUnitOfWork, username: str) -> None:
    key = digest(username)
    so_far = work.attempts.lock(key, work.real_now)
    pause = attempts.wait(so_far, work.real_now)
    if pause is not None:
        raise Problem("directory.blocked", retry_after_seconds=int(pause.total_seconds()) + 1)
    work.attempts.put(key, attempts.one_more(so_far, work.real_now))
