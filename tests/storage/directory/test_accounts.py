"""Accounts: made, reset and disabled by those above them, at once and for good."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from contracts.problems import Problem
from contracts.rpc import accounts as a
from contracts.rpc.base import Actor
from directory.application import accounts
from directory.application.tidying import tidy
from tests.support.directory import OPERATOR, Room, call, code_of

CHOSEN = "mật khẩu tự chọn"


def disable(room: Room, account_id: UUID, actor: Actor = OPERATOR) -> a.Account:
    with room.directory.units.for_call(call(actor)) as work:
        return accounts.disable_account(work, a.DisableAccount(account_id=account_id))


def enable(room: Room, account_id: UUID, actor: Actor = OPERATOR) -> a.Account:
    with room.directory.units.for_call(call(actor)) as work:
        return accounts.enable_account(work, a.EnableAccount(account_id=account_id))


def reset(room: Room, account_id: UUID, actor: Actor = OPERATOR) -> a.NewPassword:
    return room.directory.accounts.reset(call(actor), a.ResetPassword(account_id=account_id))


def listed(room: Room, actor: Actor, unit: str | None = None) -> list[str]:
    with room.directory.units.for_call(call(actor)) as work:
        wanted = a.ListAccounts(unit=unit)
        return [found.username for found in accounts.list_accounts(work, wanted).items]


def refuses(room: Room, username: str, password: str) -> str:
    with pytest.raises(Problem) as refused:
        room.login(username, password)
    return code_of(refused)


@pytest.mark.parametrize(
    ("by", "role", "unit", "code"),
    [
        ("operator", "operator", None, "directory.role_not_below"),
        ("operator", "principal", "quan-1", "directory.role_misplaced"),
        ("operator", "district_officer", "hoa", "directory.role_misplaced"),
        ("operator", "teacher", None, "directory.role_misplaced"),
        ("operator", "teacher", "khong-co", "directory.unknown_unit"),
        ("officer", "district_officer", "quan-1", "directory.role_not_below"),
        ("officer", "principal", "la", "directory.unknown_unit"),
        ("officer", "district_viewer", "tinh", "directory.unknown_unit"),
        ("principal", "principal", "hoa", "directory.role_not_below"),
        ("principal", "teacher", "la", "directory.unknown_unit"),
        ("teacher", "teacher", "hoa", "directory.role_not_below"),
        ("officer", "district_viewer", "quan-1", None),
        ("officer", "principal", "hoa", None),
        ("principal", "clerk", "hoa", None),
    ],
)
def test_roles_below_in_scope_are_granted_and_no_others(
    district: Room, by: str, role: a.AccountRole, unit: str | None, code: str | None
) -> None:
    actors: dict[str, tuple[a.AccountRole, str]] = {
        "officer": ("district_officer", "quan-1"),
        "principal": ("principal", "hoa"),
        "teacher": ("teacher", "hoa"),
    }
    actor = OPERATOR if by == "operator" else district.actor("nguoi.tao", *actors[by])
    if code is None:
        assert district.account("moi", role, unit, actor).must_change_password
        return
    with pytest.raises(Problem) as refused:
        district.account("moi", role, unit, actor)
    assert code_of(refused) == code
    assert "moi" not in listed(district, OPERATOR)


def test_usernames_are_unique_whatever_their_letters(district: Room) -> None:
    def make(username: str) -> str:
        try:
            district.account(username, "teacher", "hoa")
        except Problem as problem:
            return problem.code
        return "made"

    with ThreadPoolExecutor(3) as at_once:
        outcomes = sorted(at_once.map(make, ["Thu.Ha", "thu.ha", " THU.HA "]))
    assert outcomes == ["directory.username_taken"] * 2 + ["made"]


def test_a_disabled_account_is_out_at_once_and_may_come_back(district: Room) -> None:
    made = district.account("thu", "teacher", "hoa")
    token = district.login("thu", made.initial_password).token
    head = district.actor("hieu.truong", "principal", "hoa")
    assert disable(district, made.account_id, head).disabled
    with pytest.raises(Problem) as refused:
        district.resolve(token)
    assert code_of(refused) == "auth.required"
    assert refuses(district, "thu", made.initial_password) == "directory.wrong_credentials"
    assert not enable(district, made.account_id, head).disabled
    assert district.login("thu", made.initial_password).account.username == "thu"
    who = [(row[0], row[1]) for row in district.audit("account.disabled")]
    assert who == [("principal", head.account_id)]


def test_nobody_changes_themselves_or_those_above_or_elsewhere(district: Room) -> None:
    head = district.actor("hieu.truong", "principal", "hoa")
    deputy = district.actor("hieu.pho", "deputy", "hoa")
    other = district.account("la.thu", "teacher", "la")
    assert head.account_id is not None
    for actor, target, code in (
        (head, head.account_id, "directory.not_yourself"),
        (deputy, head.account_id, "directory.role_not_below"),
        (head, other.account_id, "resource.not_found"),
        (head, uuid4(), "resource.not_found"),
    ):
        for attempt in (disable, enable, reset):
            with pytest.raises(Problem) as refused:
                attempt(district, target, actor)
            assert code_of(refused) == code


def test_a_reset_ends_sessions_and_blocks_and_wants_a_change(district: Room) -> None:
    made = district.account("thu", "teacher", "hoa")
    opened = district.login("thu", made.initial_password)
    _change(district, opened, made.initial_password, CHOSEN)
    for _ in range(5):
        refuses(district, "thu", "sai rồi sai rồi")
    assert refuses(district, "thu", CHOSEN) == "directory.blocked"
    fresh = reset(district, made.account_id)
    assert fresh.must_change_password
    assert fresh.initial_password != made.initial_password
    with pytest.raises(Problem):
        district.resolve(opened.token)
    assert district.login("thu", fresh.initial_password).account.must_change_password
    assert refuses(district, "thu", CHOSEN) == "directory.wrong_credentials"


def test_a_password_changed_meanwhile_opens_no_session(district: Room) -> None:
    made = district.account("thu", "teacher", "hoa")
    verify = district.hashing.verify

    def verify_slowly(kept: str | None, password: str) -> bool:
        right = verify(kept, password)
        reset(district, made.account_id)
        return right

    district.hashing.verify = verify_slowly  # type: ignore[method-assign]
    assert refuses(district, "thu", made.initial_password) == "directory.wrong_credentials"
    assert district.rows("SELECT count(*) FROM sessions") == [(0,)]


@pytest.mark.parametrize(
    ("new", "why"),
    [("ngắn", "too_short"), ("aaaaaaaaaaaa", "too_simple"), ("xin chào thu.ha", "holds_username")],
)
def test_a_weak_password_is_refused_and_says_why(district: Room, new: str, why: str) -> None:
    made = district.account("thu.ha", "teacher", "hoa")
    opened = district.login("thu.ha", made.initial_password)
    with pytest.raises(Problem) as refused:
        _change(district, opened, made.initial_password, new)
    assert (code_of(refused), refused.value.params["why"]) == ("directory.weak_password", why)
    assert district.resolve(opened.token).must_change_password


def test_the_old_password_is_needed_and_guessing_it_is_slowed_down(district: Room) -> None:
    made = district.account("thu", "teacher", "hoa")
    opened = district.login("thu", made.initial_password)
    codes = []
    for _ in range(6):
        with pytest.raises(Problem) as refused:
            _change(district, opened, "đoán mò đoán mò", CHOSEN)
        codes.append(code_of(refused))
    assert codes == ["directory.wrong_password"] * 5 + ["directory.blocked"]
    district.real.later(seconds=31)
    _change(district, opened, made.initial_password, CHOSEN)
    assert not district.login("thu", CHOSEN).account.must_change_password


def test_parallel_guesses_are_all_counted(district: Room) -> None:
    def guess(number: int) -> str:
        try:
            district.login("thu", f"đoán lần {number}")
        except Problem as problem:
            return problem.code
        return "in"

    with ThreadPoolExecutor(8) as many:
        codes = list(many.map(guess, range(20)))
    assert codes.count("directory.wrong_credentials") == 5
    assert codes.count("directory.blocked") == 15


def test_one_lists_the_accounts_at_and_below_one_s_unit(district: Room) -> None:
    officer = district.actor("can.bo", "district_officer", "quan-1")
    head = district.actor("hieu.truong", "principal", "hoa")
    district.account("la.thu", "teacher", "la")
    assert listed(district, OPERATOR) == ["hieu.truong", "la.thu", "can.bo"]
    assert listed(district, OPERATOR, "la") == ["la.thu"]
    assert listed(district, officer) == ["hieu.truong", "can.bo"]
    assert listed(district, head) == ["hieu.truong"]
    assert listed(district, head, "la") == []


def test_what_counts_no_more_is_forgotten(district: Room) -> None:
    made = district.account("thu", "teacher", "hoa")
    district.login("thu", made.initial_password)
    district.real.later(hours=1)
    kept = district.login("thu", made.initial_password)
    refuses(district, "ai.do", "không biết")
    district.real.now += timedelta(minutes=90)
    tidy(district.directory.units, district.directory.lifetime)
    assert district.rows("SELECT count(*) FROM sessions") == [(1,)]
    assert district.rows("SELECT count(*) FROM login_attempts") == [(1,)]
    assert district.resolve(kept.token).actor.unit == "hoa"
    district.real.later(hours=24)
    tidy(district.directory.units, district.directory.lifetime)
    assert district.rows("SELECT count(*) FROM sessions") == [(0,)]
    assert district.rows("SELECT count(*) FROM login_attempts") == [(0,)]


def test_business_time_ends_no_session(district: Room) -> None:
    made = district.account("thu", "teacher", "hoa")
    token = district.login("thu", made.initial_password).token
    district.business.later(days=90)
    assert district.resolve(token).actor.unit == "hoa"


def _change(room: Room, opened: a.LoggedIn, old: str, new: str) -> None:
    actor = room.resolve(opened.token).actor
    wanted = a.ChangePassword(old=old, new=new, token=opened.token)
    room.directory.logins.change_password(call(actor), wanted)


def test_what_the_database_refuses_is_told_without_its_values(room: Room) -> None:
    with pytest.raises(DBAPIError) as refused, room.engine.connect() as connection:
        connection.execute(text("SELECT 1 / (length(:secret) - 6)"), {"secret": "secret"})
    assert "division by zero" in str(refused.value)
    assert "'secret'" not in str(refused.value)
