"""Commands that need several transactions take effect once as well."""

from uuid import UUID, uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc import accounts as a
from contracts.rpc.base import Actor, Call
from directory.application import keys
from tests.support.directory import Room, code_of

NEW = "mot-mat-khau-khac-97531"


def call(actor: Actor, key: UUID) -> Call:
    return Call(actor=actor, correlation_id=uuid4(), command_id=key)


def change(room: Room, actor: Actor, key: UUID, old: str, new: str = NEW) -> None:
    room.directory.logins.change_password(call(actor, key), a.ChangePassword(old=old, new=new))


def test_a_password_is_changed_once(district: Room) -> None:
    made = district.account("thu", "principal", "hoa")
    old = made.initial_password
    actor = district.resolve(district.login("thu", old).token).actor
    key = uuid4()
    for wrong, new, code in (
        ("sai", NEW, "directory.wrong_password"),
        (old, "ngan", "directory.weak_password"),
    ):
        with pytest.raises(Problem) as refused:
            change(district, actor, key, wrong, new)
        assert code_of(refused) == code
    change(district, actor, key, old)
    for again in (old, NEW):
        with pytest.raises(Problem) as refused:
            change(district, actor, key, again)
        assert code_of(refused) == "request.repeated", "not that the old password is wrong now"
    assert len(district.audit("password.changed")) == 1
    assert district.rows("SELECT count(*) FROM login_attempts") == [(0,)]


def test_an_account_and_a_password_are_made_once(district: Room) -> None:
    actor = Actor(role="operator", account_id=uuid4(), schools=None)
    wanted = a.CreateAccount(username="hai", display_name="Hà", role="teacher", unit="hoa")
    create, reset = call(actor, uuid4()), call(actor, uuid4())
    made = district.directory.accounts.create(create, wanted)
    with pytest.raises(Problem) as refused:
        district.directory.accounts.create(create, wanted)
    assert code_of(refused) == "request.repeated", "not that the name is taken"
    again = a.ResetPassword(account_id=made.account_id)
    second = district.directory.accounts.reset(reset, again)
    with pytest.raises(Problem) as refused:
        district.directory.accounts.reset(reset, again)
    assert code_of(refused) == "request.repeated"
    assert district.login("hai", second.initial_password).account.username == "hai"


def test_a_key_for_a_machine_is_made_once(district: Room) -> None:
    actor = Actor(role="operator", account_id=uuid4(), schools=None)
    create = call(actor, uuid4())
    wanted = a.CreateApiKey(title="Phần mềm quản lý", role="clerk", unit="hoa")

    def make() -> None:
        with district.directory.units.for_call(create) as work:
            keys.create_api_key(work, wanted)

    make()
    with pytest.raises(Problem) as refused:
        make()
    assert code_of(refused) == "request.repeated"
    assert district.rows("SELECT count(*) FROM api_keys") == [(1,)]
