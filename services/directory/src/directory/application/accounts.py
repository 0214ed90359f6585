"""Accounts of others: made, reset, disabled by those above them."""

from uuid import UUID, uuid4

from contracts.problems import Problem
from contracts.rpc import accounts as m
from contracts.rpc.base import Call
from directory.application.granting import require_grant
from directory.application.hashing import Passwords, initial_password
from directory.application.placing import school_of
from directory.application.spelling import nfc
from directory.application.tokens import digest
from directory.domain.records import Account
from directory.storage.unit_of_work import DirectoryUnitOfWork, Units


def list_accounts(work: DirectoryUnitOfWork, wanted: m.ListAccounts) -> m.Accounts:
    """Return the accounts at the actor's unit and below it."""
    listed = work.accounts.listed(work.reach(), wanted.unit)
    return m.Accounts(items=tuple(map(_show, listed)))


class Accounts:
    """Commands that make a password, which takes its time: it is hashed before the transaction."""

    def __init__(self, units: Units, hashing: Passwords) -> None:
        self._units = units
        self._hashing = hashing

    def create(self, call: Call, wanted: m.CreateAccount) -> m.NewPassword:
        """Make an account with an initial password; see `contracts.rpc.accounts.CreateAccount`."""
        password = initial_password()
        made = self._hashing.hash(password)
        with self._units.for_call(call) as work:
            return create_account(work, wanted, password, made)

    def reset(self, call: Call, wanted: m.ResetPassword) -> m.NewPassword:
        """Give an account a new initial password; its sessions and blocks end."""
        password = initial_password()
        made = self._hashing.hash(password)
        with self._units.for_call(call) as work:
            account = _lock(work, wanted.account_id)
            return reset_password(work, account, password, made)


def create_account(
    work: DirectoryUnitOfWork, wanted: m.CreateAccount, password: str, password_hash: str
) -> m.NewPassword:
    """Store an account whose password was hashed already."""
    require_grant(work, wanted.role, wanted.unit)
    account = Account(
        id=uuid4(),
        username=wanted.username,
        display_name=nfc(wanted.display_name),
        role=wanted.role,
        unit=wanted.unit,
    )
    if not work.accounts.add(account, password_hash):
        raise Problem("directory.username_taken")
    work.audit(
        "account.created",
        str(account.id),
        school=school_of(work, account.unit),
        after={"username": account.username, "role": account.role, "unit": account.unit},
    )
    return _show_password(account, password)


def reset_password(
    work: DirectoryUnitOfWork, account: Account, password: str, password_hash: str
) -> m.NewPassword:
    """Store a new initial password for an account that is locked."""
    work.accounts.set_password(account.id, password_hash, must_change=True)
    work.attempts.clear(digest(account.username))
    ended = work.sessions.end_all(account.id)
    work.audit(
        "password.reset",
        str(account.id),
        school=school_of(work, account.unit),
        after={"sessions_ended": ended},
    )
    changed = work.accounts.find(account.id)
    assert changed is not None
    return _show_password(changed, password)


def disable_account(work: DirectoryUnitOfWork, wanted: m.DisableAccount) -> m.Account:
    """Let an account log in no more; its sessions end at once."""
    account = _lock(work, wanted.account_id)
    work.sessions.end_all(account.id)
    return _set_disabled(work, account, disabled=True)


def enable_account(work: DirectoryUnitOfWork, wanted: m.EnableAccount) -> m.Account:
    """Let an account log in again."""
    return _set_disabled(work, _lock(work, wanted.account_id), disabled=False)


def _set_disabled(work: DirectoryUnitOfWork, account: Account, *, disabled: bool) -> m.Account:
    if account.disabled != disabled:
        work.accounts.set_disabled(account.id, disabled=disabled)
        work.audit(
            "account.disabled" if disabled else "account.enabled",
            str(account.id),
            school=school_of(work, account.unit),
            before={"disabled": account.disabled},
            after={"disabled": disabled},
        )
    changed = work.accounts.find(account.id)
    assert changed is not None
    return _show(changed)


def _lock(work: DirectoryUnitOfWork, account_id: UUID) -> Account:
    """Return an account that the actor may change.

    Raises `directory.not_yourself`, `resource.not_found` out of reach, `directory.role_not_below`.
    """
    if account_id == work.actor.account_id:
        raise Problem("directory.not_yourself")
    account = work.accounts.lock(account_id, work.reach())
    if account is None:
        raise Problem("resource.not_found")
    require_grant(work, account.role, account.unit)
    return account


def _show(account: Account) -> m.Account:
    return m.Account(
        account_id=account.id,
        username=account.username,
        display_name=account.display_name,
        role=account.role,
        unit=account.unit,
        disabled=account.disabled,
        must_change_password=account.must_change_password,
        last_login_at=account.last_login_at,
    )


def _show_password(account: Account, password: str) -> m.NewPassword:
    return m.NewPassword(**dict(_show(account)), initial_password=password)
