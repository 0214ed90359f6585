from typing import TypedDict


class Me(TypedDict):
    """Who is logged in. `schools` are the codes in scope, None for all of them."""

    account_id: str
    username: str
    display_name: str
    role: str
    unit: str | None
    schools: list[str] | None
    must_change_password: bool


class School(TypedDict):
    """A school, in the Vietnamese order of titles as the gateway lists them."""

    code: str
    title: str
    level: str


class Schools(TypedDict):
    """The schools in scope."""

    items: list[School]


class Account(TypedDict):
    """An account as the operator sees it."""

    account_id: str
    username: str
    display_name: str
    role: str
    unit: str | None
    disabled: bool
    must_change_password: bool


class Accounts(TypedDict):
    """Accounts."""

    items: list[Account]
