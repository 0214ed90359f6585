"""Whether two submissions of one id say the same."""

import hashlib
import json

from contracts.rpc.surveys import Submission
from contracts.written import clean


def digest(submission: Submission) -> bytes:
    """Return 32 bytes that are equal for equal bodies: campaign, answers and demand.

    Values are compared as text and blanks left out, so that "4" typed in a form and 4 sent as
    JSON are one body. The submission id salts it: equal answers of two parents differ.
    """
    answers = {code: _text(value) for code, value in submission.answers.items()}
    body = {
        "slug": submission.slug,
        "answers": {code: text for code, text in answers.items() if text},
        "demand": submission.demand.model_dump(mode="json") if submission.demand else None,
    }
    written = json.dumps(body, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(submission.submission_id.bytes + written.encode()).digest()


def _text(value: int | str) -> str:
    if isinstance(value, int):
        return str(value)
    try:
        return clean(value)
    except ValueError:
        return value
