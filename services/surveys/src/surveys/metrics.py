"""What surveys counts as it happens; how things stand is in `standings`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import Counter as Total

from contracts.events.surveys import FormKind, Source
from contracts.problems import Problem
from contracts.rpc.surveys import Outcome

stored: Final = Total(
    "kipthoi_responses_stored_total", "Answers stored, each once", ("form", "source")
)
repeated: Final = Total(
    "kipthoi_responses_repeated_total", "Resends that were answered with the receipt of then"
)
refused: Final = Total(
    "kipthoi_responses_refused_total", "Answers refused, by the code of their problem", ("code",)
)
withdrawn: Final = Total(
    "kipthoi_responses_withdrawn_total", "Answers from paper that were undone", ("form",)
)
codes_issued: Final = Total("kipthoi_codes_issued_total", "One-time codes that were made")
words_erased: Final = Total(
    "kipthoi_words_erased_total", "Texts of parents that were erased", ("words", "why")
)
sheets_refused: Final = Total(
    "kipthoi_sheets_refused_total", "Files of paper slips refused, by the code", ("code",)
)
form_files_refused: Final = Total(
    "kipthoi_form_files_refused_total", "Files of forms refused, by the code", ("code",)
)


def count_batch(outcomes: Iterable[Outcome], kept: Iterable[tuple[FormKind, Source]]) -> None:
    """Count a batch; called after its commit."""
    for (form, source), number in Counter(kept).items():
        stored.labels(form, source).inc(number)
    for outcome in outcomes:
        if outcome.status == "repeated":
            repeated.inc()
        elif outcome.problem is not None:
            refused.labels(outcome.problem.code).inc()


@contextmanager
def counting(refusals: Total) -> Iterator[None]:
    """Count what is refused by its code, which is one of those that are declared."""
    try:
        yield
    except Problem as problem:
        refusals.labels(problem.code).inc()
        raise
