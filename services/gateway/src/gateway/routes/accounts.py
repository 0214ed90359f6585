"""One's own session and password, other people's accounts, keys for machines."""

from uuid import UUID

from fastapi import Request, Response

from contracts.ids import UnitCode
from contracts.model import Model
from contracts.problems import Problem
from contracts.rpc import accounts as m
from contracts.rpc.base import Empty
from gateway import origin
from gateway.admission import make_router, token_of
from gateway.asking import Ask
from gateway.cookies import clear_session, set_session
from gateway.state import state_of

router = make_router("/api/v1")


class PasswordChange(Model):
    """The password of now, and the one to come."""

    old: m.Password
    new: m.Password


@router.post("/login", tags=["sessions"])
async def login(request: Request, response: Response, ask: Ask, wanted: m.Login) -> m.LoggedIn:
    """Open a session. Send its token as `Authorization: Bearer …`; browsers get it as a cookie."""
    state = state_of(request)
    if origin.is_foreign(request, state.settings.public_url):
        raise Problem("request.cross_origin")
    opened = await ask("directory", "login", wanted, m.LoggedIn)
    set_session(response, opened.token, state.settings)
    return opened


@router.post("/logout", tags=["sessions"])
async def logout(request: Request, response: Response, ask: Ask) -> Empty:
    """End the session on the server."""
    state = state_of(request)
    token, _ = token_of(request) or ("", False)
    done = await ask("directory", "logout", m.Logout(token=token), Empty)
    state.sessions.forget(token)
    clear_session(response, state.settings)
    return done


@router.get("/me", tags=["sessions"])
async def get_me(ask: Ask) -> m.Me:
    """Who calls, and which schools lie in scope today."""
    return await ask("directory", "get_me", m.GetMe(), m.Me)


@router.post("/me/password", tags=["sessions"])
async def change_password(request: Request, ask: Ask, change: PasswordChange) -> Empty:
    """Choose another password; one's other sessions end."""
    token, _ = token_of(request) or ("", False)
    wanted = m.ChangePassword(old=change.old, new=change.new, token=token)
    done = await ask("directory", "change_password", wanted, Empty)
    state_of(request).sessions.forget(token)
    return done


@router.get("/accounts", tags=["accounts"])
async def list_accounts(ask: Ask, unit: UnitCode | None = None) -> m.Accounts:
    """The accounts at one's unit and below it."""
    return await ask("directory", "list_accounts", m.ListAccounts(unit=unit), m.Accounts)


@router.post("/accounts", tags=["accounts"], status_code=201)
async def create_account(ask: Ask, wanted: m.CreateAccount) -> m.NewPassword:
    """Make an account of a role below one's own; its initial password is told here, once."""
    return await ask("directory", "create_account", wanted, m.NewPassword)


@router.post("/accounts/{account_id}/password-reset", tags=["accounts"])
async def reset_password(ask: Ask, account_id: UUID) -> m.NewPassword:
    """Give an account a new initial password, told here, once; its sessions end."""
    wanted = m.ResetPassword(account_id=account_id)
    return await ask("directory", "reset_password", wanted, m.NewPassword)


@router.post("/accounts/{account_id}/disable", tags=["accounts"])
async def disable_account(ask: Ask, account_id: UUID) -> m.Account:
    """Let an account log in no more; its sessions end."""
    wanted = m.DisableAccount(account_id=account_id)
    return await ask("directory", "disable_account", wanted, m.Account)


@router.post("/accounts/{account_id}/enable", tags=["accounts"])
async def enable_account(ask: Ask, account_id: UUID) -> m.Account:
    """Let an account log in again."""
    wanted = m.EnableAccount(account_id=account_id)
    return await ask("directory", "enable_account", wanted, m.Account)


@router.get("/api-keys", tags=["accounts"])
async def list_api_keys(ask: Ask) -> m.ApiKeys:
    """The keys of machines, newest first, without their secrets."""
    return await ask("directory", "list_api_keys", m.ListApiKeys(), m.ApiKeys)


@router.post("/api-keys", tags=["accounts"], status_code=201)
async def create_api_key(ask: Ask, wanted: m.CreateApiKey) -> m.NewApiKey:
    """Make a key for a machine; its secret is told here, once."""
    return await ask("directory", "create_api_key", wanted, m.NewApiKey)


@router.post("/api-keys/{key_id}/revoke", tags=["accounts"])
async def revoke_api_key(ask: Ask, key_id: UUID) -> m.ApiKey:
    """End a key for good."""
    return await ask("directory", "revoke_api_key", m.RevokeApiKey(key_id=key_id), m.ApiKey)
