"""The checklist K1–K16 and the terms of its severities."""

from contracts.events.inspections import Severity
from contracts.forms import Words
from contracts.rpc.duty import Checklist, ChecklistItem, Choice, SeverityTerm

ITEMS: list[tuple[str, Severity]] = [
    ("Đúng giờ làm việc", 1),
    ("Đeo thẻ viên chức", 1),
    ("Trang phục đúng quy định", 1),
    ("Thái độ tiếp phụ huynh đúng mực", 2),
    ("Niêm yết đủ thủ tục, còn hiệu lực", 1),
    ("Có sổ tiếp nhận và phiếu hẹn", 1),
    ("Không làm việc riêng trong giờ", 1),
    ("Hồ sơ giải quyết đúng hạn", 2),
    ("Không yêu cầu giấy tờ ngoài quy định", 2),
    ("Khoản thu có căn cứ, được công khai", 2),
    ("Hộp thư, mã QR góp ý được xử lý", 1),
    ("Phân công, trực đúng lịch", 1),
    ("Văn bản đến được xử lý đúng hạn", 2),
    ("Báo cáo nộp đúng hạn", 2),
    ("Bảo mật dữ liệu của trẻ", 3),
    ("Đã khắc phục tồn tại lần trước", 2),
]
TERMS: list[tuple[Severity, str, int]] = [
    (1, "Mức 1", 3),
    (2, "Mức 2", 10),
    (3, "Mức 3 (kèm giải trình bằng văn bản)", 5),
    (4, "Mức 4 (khẩn)", 1),
]
REMEDIES = {"posting": "Bổ sung niêm yết", "refund": "Hoàn trả khoản thu sai"}


def both(vi: str, en: str) -> Words:
    """Words in both languages."""
    return Words(vi=vi, en=en)


CHECKLIST = Checklist(
    version=1,
    items=tuple(
        ChecklistItem(code=f"K{place}", words=both(vi, f"Item K{place}"), severity=severity)
        for place, (vi, severity) in enumerate(ITEMS, start=1)
    ),
    severities=tuple(
        SeverityTerm(
            severity=severity,
            words=both(vi, f"Level {severity}"),
            working_days=days,
            explanation_required=severity == 3,
            urgent=severity == 4,
        )
        for severity, vi, days in TERMS
    ),
    finding_kinds=(
        Choice(code="unmet_item", words=both("Nội dung chưa đạt", "Item not met")),
        Choice(code="arbitrary_demand", words=both("Tự đặt quy định", "Invented rule")),
    ),
    remedy_kinds=tuple(Choice(code=c, words=both(vi, c)) for c, vi in REMEDIES.items()),
)
