"""The schools of the sample, and who sees which."""

from tests.dashboard.fake_gateway import Asked

TITLES = {
    "cau-vong-giay": "Trường Mầm non Cầu Vồng Giấy (thí dụ)",
    "dam-may-tim": "Trường Mầm non Đám Mây Tím (thí dụ)",
    "hoa-hong-mau": "Trường Mầm non Hoa Hồng (mẫu)",
    "con-thuyen-la": "Trường Tiểu học Con Thuyền Lá (thí dụ)",
}
DISTRICT = {"operator", "district_officer", "district_viewer"}
OWN = "cau-vong-giay"


def in_scope(asked: Asked, school: str) -> bool:
    """Whether the caller sees the school, and asked for it or for all."""
    wanted = asked.query.get("school") or asked.path.get("school")
    return (wanted in (None, school)) and (asked.role in DISTRICT or school == OWN)
