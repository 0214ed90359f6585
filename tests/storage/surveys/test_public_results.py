"""What everybody reads of closed campaigns."""

import pytest

from contracts.problems import Problem
from contracts.rpc.base import PARENT
from contracts.rpc.public_results import GetPublicResults, GetSchoolResults
from surveys.application import public_results
from tests.storage.surveys.closed import (
    SCHOOL,
    answer,
    call,
    care_campaign,
    finish,
    register,
)
from tests.storage.surveys.conftest import Room


def test_everybody_reads_a_school_s_closed_campaigns(room: Room) -> None:
    register(room, SCHOOL)
    made = room.open_campaign()
    answer(room, made, [{"P": "yes", "F": 5, "G": "yes"}] * 6)
    open_one = care_campaign(room)
    with room.units.for_call(call(PARENT)) as work:
        before = public_results.get_public_results(work, GetPublicResults(slug=made.slug))
    assert (before.standing, before.results, before.responses) == (None, None, None)
    finish(room, made)
    with room.units.for_call(call(PARENT)) as work:
        told = public_results.get_public_results(work, GetPublicResults(slug=made.slug))
        school = public_results.get_school_results(work, GetSchoolResults(school=SCHOOL))
        for unknown in ("khong-co", "a\x00"):
            with pytest.raises(Problem, match=r"resource\.not_found"):
                public_results.get_school_results(work, GetSchoolResults(school=unknown))
        with pytest.raises(Problem, match=r"surveys\.unknown_campaign"):
            public_results.get_public_results(work, GetPublicResults(slug="khong-co"))
    assert told.results is not None
    assert told.results.improper_demands == 0
    assert next(one for one in told.results.items if one.item == "G").hidden
    assert [one.slug for one in school.items] == [made.slug]
    assert open_one.slug not in school.model_dump_json()
    assert room.numbers("SELECT count(*) FROM audit_entries") == [(0,)]
