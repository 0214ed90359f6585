"""Which kept events the operator's command sends again."""

from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from messaging import Trace, record_all
from messaging.cli import main
from tests.component.messaging.running import NOW, answers

NEVER = "surveys.campaign_closed"


@pytest.fixture
def kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> dict[str, UUID]:
    """Three events that were sent: by the moment at which each was recorded."""
    moments = ("2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2026-02-01T00:00:01Z")
    with engine.begin() as connection:
        items = [(event, Trace.start()) for event in answers("a", len(moments))]
        ids = [e.id for e in record_all(connection, "surveys", items, at=NOW)]
        connection.execute(
            text("UPDATE events SET recorded_at = :at WHERE id = :id"),
            [{"at": at, "id": one} for at, one in zip(moments, ids, strict=True)],
        )
        connection.execute(text("DELETE FROM outbox"))
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    for service in ("DIRECTORY", "INSPECTIONS", "REPORTS"):
        monkeypatch.delenv(f"KIPTHOI_{service}_DATABASE_URL", raising=False)
    monkeypatch.setenv("KIPTHOI_SURVEYS_DATABASE_URL", url)
    return dict(zip(moments, ids, strict=True))


@pytest.mark.parametrize(
    ("since", "code", "first"),
    [
        ("2026-01-01", 0, 0),
        ("2026-02-01", 0, 1),  # midnight in UTC, that moment included
        ("2026-02-01T07:00:01+07:00", 0, 2),
        ("2026-02-01T00:00:02", 1, 3),
    ],
)
def test_older_events_are_left_out(
    engine: Engine, kept: dict[str, UUID], since: str, code: int, first: int
) -> None:
    assert main(["events", "republish", "--since", since]) == code
    assert queued(engine) == list(kept.values())[first:]


@pytest.mark.usefixtures("kept")
def test_other_events_are_left_out(engine: Engine) -> None:
    assert main(["events", "republish", "--event", NEVER, "--since", "2026-01-01"]) == 1
    assert queued(engine) == []


def queued(engine: Engine) -> list[UUID]:
    """The events in the outbox, in the order in which they will be sent."""
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT event_id FROM outbox ORDER BY id")).scalars())
