"""The sample's parents: the same ones each time, with ids that surveys takes."""

from pydantic import TypeAdapter

from contracts.rpc.surveys import SubmissionId
from deploy.local.play import parents

PUBLIC = {
    "slug": "abcdefghijklmnop",
    "school": "hoa-hong-mau",
    "form": {"kind": "care", "filter": None, "groups": [], "overall": "C1"},
}
CROWD = {"tthc": 1, "care": 40, "no_procedure": 0, "overall": [0, 1, 2, 3, 4]}


def test_a_run_that_was_killed_sends_the_same_answers_again() -> None:
    first, second = (list(parents.make_answers(PUBLIC, CROWD, seed=1)) for _ in range(2))
    assert first == second
    assert len({answer.submission_id for answer in first}) == CROWD["care"]
    other = parents.make_answers(PUBLIC, CROWD, seed=2)
    assert not {a.submission_id for a in first} & {a.submission_id for a in other}


def test_its_ids_are_what_surveys_takes() -> None:
    takes = TypeAdapter(SubmissionId)
    for answer in parents.make_answers(PUBLIC, CROWD, seed=1):
        assert str(takes.validate_python(answer.submission_id)) == answer.submission_id
