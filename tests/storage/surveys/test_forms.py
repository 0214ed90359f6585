"""Published forms are frozen."""

import pytest

from surveys.application.supplying import supply
from surveys.storage.forms import ChangedForm
from tests.storage.surveys.conftest import Room
from tests.support.surveys import CARE, TTHC


def test_loading_again_changes_nothing(room: Room) -> None:
    with room.units.for_system() as work:
        assert supply(work) == []
        assert {(use.kind, use.version) for use in work.forms.uses()} == {("care", 1), ("tthc", 1)}
        assert work.forms.get("tthc", 1) == TTHC
        assert work.forms.get("care", 1) == CARE
    assert room.numbers("SELECT count(*) FROM campaign_rules") == [(1,)]


def test_a_changed_published_version_is_refused(room: Room) -> None:
    changed = TTHC.model_copy(update={"demand": None})
    with room.units.for_system() as work, pytest.raises(ChangedForm, match="frozen"):
        work.forms.publish(changed)
    with room.units.for_system() as work:
        assert work.forms.get("tthc", 1) == TTHC
        assert work.forms.publish(TTHC.model_copy(update={"version": 2}))
        assert [one.form.version for one in work.forms.published()] == [2, 1, 1]
