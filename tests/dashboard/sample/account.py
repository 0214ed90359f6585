"""Accounts and schools. The session token is the role; "fresh" still has its first password."""

from datetime import date
from typing import cast, get_args

from contracts.rpc.accounts import Account, AccountRole, Accounts, Me
from contracts.rpc.base import Empty, Role
from contracts.rpc.directory import School, Schools
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.schools import DISTRICT, OWN, TITLES, in_scope

NAMES: dict[str, str] = {
    "operator": "Quản trị hệ thống (mẫu)",
    "district_officer": "Chuyên viên Phòng GDĐT (mẫu)",
    "district_viewer": "Lãnh đạo Phòng GDĐT (mẫu)",
    "principal": "Hiệu trưởng (thí dụ)",
}


def get_me(asked: Asked) -> Me:
    role = "clerk" if asked.role == "fresh" else asked.role
    scope = None if role == "operator" else tuple(TITLES) if role in DISTRICT else (OWN,)
    return Me(
        account_id=made(role),
        username=f"{role}.mau",
        display_name=NAMES.get(role, "Nhân viên (thí dụ)"),
        role=cast("Role", role),
        unit=None if role == "operator" else "phong-gddt-quan-7" if role in DISTRICT else OWN,
        schools=scope,
        must_change_password=asked.role == "fresh",
    )


def list_schools(asked: Asked) -> Schools:
    return Schools(
        items=tuple(
            School(
                code=code,
                title=title,
                level="primary" if "Tiểu học" in title else "kindergarten",
                opened_on=date(2015, 9, 5),
                closed_on=None,
                parents={"administrative": "ubnd-quan-7"},
            )
            for code, title in TITLES.items()
            if in_scope(asked, code)
        )
    )


def list_accounts(_: Asked) -> Accounts:
    roles: tuple[AccountRole, ...] = get_args(AccountRole)
    return Accounts(
        items=tuple(
            Account(
                account_id=made(role),
                username=f"{role}.mau",
                display_name=NAMES.get(role, "Nhân viên (thí dụ)"),
                role=role,
                unit=None if role == "operator" else OWN,
                disabled=role == "union",
                must_change_password=role == "clerk",
                last_login_at=None,
            )
            for role in roles
        )
    )


ROUTES: dict[str, Route] = {
    "GET /me": get_me,
    "POST /me/password": lambda _: Empty(),
    "POST /logout": lambda _: Empty(),
    "GET /schools": list_schools,
    "GET /accounts": list_accounts,
}
