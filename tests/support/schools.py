"""A school as directory tells of it."""

from datetime import date

from contracts.events.directory import SchoolRegistered

SCHOOL = "hoa-cuc-mau"


def registered(
    school: str = SCHOOL, title: str = "Trường Mầm non Hoa Cúc (thí dụ)"
) -> SchoolRegistered:
    """A school that exists since 2015, under two superiors."""
    return SchoolRegistered(
        school=school,
        title=title,
        level="kindergarten",
        opened_on=date(2015, 9, 5),
        parents={"administrative": "ubnd-mau", "professional": "phong-mau"},
        version=1,
    )
