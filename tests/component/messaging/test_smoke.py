from tests.component.messaging.conftest import Start
from tests.component.messaging.running import Store, answers
from tests.support.eventually import eventually


def test_an_event_takes_effect_once(
    surveys: Store, reports: Store, amqp: str, start: Start
) -> None:
    start.all(amqp, surveys, reports)
    ids = surveys.record(*answers("hoa-hong", 3))
    reports.all_done(ids)
    eventually(lambda: surveys.unsent() == 0)
    assert reports.unfinished() == 0
