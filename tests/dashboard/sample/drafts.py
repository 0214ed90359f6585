"""The figures of a report that is drafted, and where one of them comes from."""

from datetime import UTC, date, datetime

from contracts.rpc.base import Empty
from contracts.rpc.drafts import Draft, DraftFigure, FigureEvent, FigureOrigin, HandFigure
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.checklist import both
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.reports import get_obligation
from tests.dashboard.sample.surveys import Q1

FIGURE = DraftFigure(
    code="petitions.received",
    words=both("Số phản ánh, kiến nghị, góp ý tiếp nhận", "Petitions and suggestions received"),
    unit="count",
    computed=4,
    value=5,
    previous=7,
    difference=-2,
    by_hand=HandFigure(
        value=5,
        computed=4,
        reason="Một đơn nhận bằng giấy",
        by_role="clerk",
        by_name="Văn thư (thí dụ)",
        at=datetime(2024, 3, 15, 3, 0, tzinfo=UTC),
    ),
    corrections=(),
    sources=4,
)
RATE = DraftFigure(
    code="satisfaction.tthc",
    words=both("Tỷ lệ hài lòng về giải quyết TTHC", "Satisfied with procedures"),
    unit="percent",
    computed=96.25,
    value=96.25,
    previous=None,
    difference=None,
    by_hand=None,
    corrections=(),
    sources=1,
)
ORIGIN = FigureOrigin(
    code="petitions.received",
    matters=4,
    events=(
        FigureEvent(
            event_id=made("petition event"),
            name="inspections.petition_received",
            on=date(2024, 3, 5),
            matter_id=made("petition"),
            correlation_id=made("petition chain"),
        ),
    ),
)


def get_draft(asked: Asked) -> Draft:
    return Draft(
        obligation_id=get_obligation(asked).obligation_id,
        period=Q1,
        previous_period=Q1.model_copy(update={"year": 2023, "index": 4}),
        frozen_at=None,
        figures=(RATE, FIGURE),
    )


ROUTES: dict[str, Route] = {
    "GET /obligations/{obligation_id}/figures": get_draft,
    "GET /obligations/{obligation_id}/figures/{figure}/origin": lambda _: ORIGIN,
    "POST /obligations/{obligation_id}/figures/{figure}": lambda _: Empty(),
}
