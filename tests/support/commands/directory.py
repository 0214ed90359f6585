"""Commands of directory about units, schools, days and plans."""

from typing import Final

from tests.support.commands.given import Command, Given, reason
from tests.support.place import MARK, Place, number


def _plan(place: Place) -> Given:
    body = {
        "title": f"Kế hoạch {MARK} {number()}",
        "carries_out": "Kế hoạch số 1",
        "legal_bases": ["Nghị định số 61/2018/NĐ-CP"],
        "targets": [{"code": "hai-long", "title": "Hài lòng", "value": "≥ 95 %"}],
        "duties": [{"unit": "Văn thư", "tasks": ["Niêm yết thủ tục"]}],
        "recipients": [{"to": "Ủy ban nhân dân", "purpose": "b/cáo"}],
    }
    return Given({"school": place.school, "year": str(2000 + number() % 200)}, body)


def _moved_day(place: Place) -> Given:
    """A day off that an authority takes back."""
    days = number()
    day = f"20{40 + days // 300 % 50}-{1 + days // 25 % 12:02}-{1 + days % 25:02}"
    place.send(f"PUT /calendar/{day}", "operator", kind="off", legal_basis=reason())
    return Given({"day": day}, {"kind": "work", "legal_basis": reason(), "replaces": True})


COMMANDS: Final[dict[str, Command]] = {
    "POST /api/v1/units": Command(
        "directory",
        "operator",
        "unit.created",
        "code",
        lambda _: Given(body={"code": f"cum-{number()}", "title": "Cụm", "kind": "cluster"}),
        of_school=False,
        after=True,
        spoilt={"code": "phong-mau"},
    ),
    "POST /api/v1/units/{unit}/moves": Command(
        "directory",
        "operator",
        "unit.moved",
        "unit",
        lambda place: Given(
            {"unit": place.another_school()},
            {
                "hierarchy": "administrative",
                "parent": place.another_office(),
                "valid_from": "2022-01-01",
            },
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/schools": Command(
        "directory",
        "operator",
        "school.registered",
        "code",
        lambda place: Given(body=place.school_body()),
        after=True,
        spoilt={"code": "phong-mau"},
    ),
    "PATCH /api/v1/schools/{school}": Command(
        "directory",
        "operator",
        "school.changed",
        "school",
        lambda place: Given(
            {"school": place.another_school()}, {"title": f"Trường khác {number()}"}
        ),
        before=True,
        after=True,
    ),
    "POST /api/v1/schools/{school}/close": Command(
        "directory",
        "operator",
        "school.closed",
        "school",
        lambda place: Given({"school": place.another_school()}, {"closed_on": "2098-12-31"}),
        before=True,
        after=True,
    ),
    "PUT /api/v1/calendar/{day}": Command(
        "directory",
        "operator",
        "calendar.changed",
        "day",
        _moved_day,
        of_school=False,
        before=True,
        after=True,
        spoilt={"replaces": False},
    ),
    "PUT /api/v1/schools/{school}/plans/{year}": Command(
        "directory",
        "operator",
        "plan.recorded",
        lambda given, _: f"{given.path['school']}/{given.path['year']}",
        _plan,
        after=True,
    ),
}
