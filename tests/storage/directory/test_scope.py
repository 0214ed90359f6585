"""What lies in scope: the schools below a unit by today's hierarchies, each walked by itself."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from contracts.problems import Problem
from contracts.rpc import accounts as a
from directory.application import keys
from directory.application.first_operator import make_first_operator
from tests.support.directory import OPERATOR, Room, call, code_of

REFORM = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("role", "unit", "expected"),
    [
        ("district_officer", "tinh", ("hoa", "la")),
        ("district_viewer", "quan-1", ("hoa",)),
        ("district_officer", "phong-1", ("hoa",)),
        ("district_viewer", "cum", ("hoa", "la")),
        ("principal", "la", ("la",)),
        ("teacher", "hoa", ("hoa",)),
    ],
)
def test_scope_is_what_stands_below(
    district: Room, role: a.AccountRole, unit: str, expected: tuple[str, ...]
) -> None:
    assert district.actor("mau", role, unit).schools == expected


def test_the_operator_sees_all(district: Room) -> None:
    with district.directory.units.for_system() as work:
        assert work.reach() is None
    made = _operator(district)
    assert district.resolve(district.login("vanhanh", made).token).actor.schools is None


def test_scope_follows_the_hierarchy_on_the_day(district: Room) -> None:
    district.move("hoa", "quan-2", REFORM)
    made = district.account("can.bo", "district_officer", "quan-2")
    for day, expected in (
        (REFORM - timedelta(days=1), ("la",)),
        (REFORM, ("hoa", "la")),
    ):
        district.business.on(day)
        token = district.login("can.bo", made.initial_password).token
        assert district.resolve(token).actor.schools == expected


def test_hierarchies_are_not_walked_one_after_the_other(district: Room) -> None:
    # "so" stands over quan-2 professionally, which stands over the school administratively.
    district.unit("so")
    district.move("quan-2", "so", REFORM, by="professional")
    district.business.on(REFORM)
    assert district.actor("can.bo", "district_officer", "so").schools == ()


def test_who_asks_is_one_query(district: Room) -> None:
    made = district.account("can.bo", "district_officer", "tinh")
    token = district.login("can.bo", made.initial_password).token
    ran: list[str] = []

    def note(*given: object) -> None:
        ran.append(str(given[2]))

    event.listen(district.engine, "before_cursor_execute", note)
    district.resolve(token)
    district.real.later(minutes=1)
    district.resolve(token)
    district.resolve(token)
    event.remove(district.engine, "before_cursor_execute", note)
    # The use of the session is noted once a minute, which takes a second statement.
    assert [sql.split()[0] for sql in ran] == ["WITH", "WITH", "UPDATE", "WITH"]


def test_a_key_acts_at_its_unit_until_it_is_revoked(district: Room) -> None:
    wanted = a.CreateApiKey(title="Máy mẫu", role="district_viewer", unit="quan-1")
    with district.directory.units.for_call(call(OPERATOR)) as work:
        made = keys.create_api_key(work, wanted)
        assert keys.list_api_keys(work).items[0].title == "Máy mẫu"
    session = district.resolve(made.token)
    assert (session.actor.schools, session.actor.account_id) == (("hoa",), made.key_id)
    assert session.must_change_password is False
    for _ in range(2):
        with district.directory.units.for_call(call(OPERATOR)) as work:
            assert keys.revoke_api_key(work, a.RevokeApiKey(key_id=made.key_id)).revoked_at
    with pytest.raises(Problem) as refused:
        district.resolve(made.token)
    assert code_of(refused) == "auth.required"
    assert len(district.audit("api_key.revoked")) == 1


def _operator(room: Room) -> str:
    password = "mat khau ban dau"
    assert make_first_operator(room.directory.units, room.hashing, password)
    assert not make_first_operator(room.directory.units, room.hashing, password)
    with pytest.raises(ValueError, match="shorter"):
        make_first_operator(room.directory.units, room.hashing, "ngắn")
    return password
