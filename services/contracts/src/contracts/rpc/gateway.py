"""Problems that the gateway itself finds, before or after it asks a service."""

from contracts.problems import declare

declare(
    {
        "request.method_not_allowed": 405,
        "request.cross_origin": 403,
        "auth.password_change_required": 403,
        "surveys.uncertain": 503,  # the answer may be stored: send the same submission_id again
    }
)
