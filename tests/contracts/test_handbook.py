"""The generated handbook of events is up to date."""

from pathlib import Path

from contracts.handbook import render


def test_events_handbook_is_generated_from_the_contracts() -> None:
    written = Path("docs/events.md").read_text(encoding="utf-8")
    assert written == render(Path("services/contracts/examples")), "run `make docs`"
