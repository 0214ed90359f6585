"""One parent's answers on their way: checked against the form, then into the next batch."""

from contracts.answers import check
from contracts.codes import fingerprint, read_code
from contracts.correlation import anonymous_id
from contracts.events.surveys import Source
from contracts.problems import Problem
from contracts.rpc.base import Call
from contracts.rpc.surveys import Answers, Demand, Outcome, Submission, SubmissionId
from gateway.rpc import problem_of
from gateway.state import State


async def submit(
    state: State,
    call: Call,
    *,
    slug: str,
    submission_id: SubmissionId,
    answers: Answers,
    demand: Demand | None,
    source: Source,
    class_code: str | None = None,
    code: str | None = None,
) -> Outcome:
    """Return the outcome of answers that are stored, now or by an earlier post of the same.

    `code` is what stands on a slip: it goes no further than here, surveys gets its fingerprint.
    Raises `surveys.answers_invalid` with `errors`, the problem of a refused answer,
    `service.unavailable` when surely nothing was stored, and `surveys.uncertain`.
    """
    form = await state.campaigns.form(slug, call)
    checked = check(form, answers, demand=demand is not None)
    if checked.errors:
        errors = [error.model_dump() for error in checked.errors]
        raise Problem("surveys.answers_invalid", errors=errors)
    mark = await _mark(state, call, slug, code) if code is not None else None
    outcome = await state.batcher.submit(
        Submission(
            submission_id=submission_id,
            correlation_id=anonymous_id(),  # the request's own id stands in the log
            slug=slug,
            source=source,
            answers=checked.answers,
            demand=demand,
            class_code=class_code,
            code=mark,
        )
    )
    if outcome.problem is not None:
        raise problem_of(outcome.problem)
    return outcome


async def _mark(state: State, call: Call, slug: str, code: str) -> str:
    """Return the fingerprint of a code; raises `surveys.code_refused` for what can be none."""
    read = read_code(code)
    if read is None:
        raise Problem("surveys.code_refused")
    return fingerprint((await state.campaigns.get(slug, call)).campaign_id, read)
