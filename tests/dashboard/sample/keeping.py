"""How long words are kept in the sample, and what is erased before."""

from datetime import date

from contracts.rpc.base import Empty
from contracts.rpc.keeping import KeepingRule, KeepingRules
from tests.dashboard.fake_gateway import Route

BASIS = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"
RULES = KeepingRules(
    items=(
        KeepingRule(
            words="comments",
            valid_from=date(2026, 6, 1),
            months=12,
            legal_basis="Công văn số 12/GDĐT (thí dụ)",
            in_force=False,
        ),
        KeepingRule(
            words="comments",
            valid_from=date(2026, 1, 1),
            months=24,
            legal_basis=BASIS,
            in_force=True,
        ),
        KeepingRule(
            words="reports",
            valid_from=date(2026, 1, 1),
            months=60,
            legal_basis=BASIS,
            in_force=True,
        ),
    )
)

ROUTES: dict[str, Route] = {
    "GET /keeping-rules": lambda _: RULES,
    "POST /keeping-rules": lambda _: Empty(),
    "POST /campaigns/{campaign_id}/comments/{comment_id}/erase": lambda _: Empty(),
    "POST /demands/{report_id}/erase": lambda _: Empty(),
}
