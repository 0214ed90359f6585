"""The OpenAPI document says what really comes back."""

from typing import Any

import pytest

from gateway.app import create
from gateway.pages.docs import openapi_of
from gateway.settings import Settings


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_of(create(Settings("amqp://x", "127.0.0.1", 1, "http://testserver", "/")))


def test_every_operation_tells_its_problems_as_problem_json(document: dict[str, Any]) -> None:
    operations = [o for item in document["paths"].values() for o in item.values()]
    assert len(operations) > 50
    for operation in operations:
        problem = operation["responses"]["default"]["content"]
        assert list(problem) == ["application/problem+json"]
        schema = problem["application/problem+json"]["schema"]
        assert schema["$ref"].endswith("/ProblemBody")
        assert set(operation["responses"]) <= {"200", "201", "202", "204", "default"}


def test_the_commands_of_accounts_take_a_key(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            named = [p["name"] for p in operation.get("parameters", []) if p["in"] == "header"]
            takes = method != "get" and "security" in operation
            assert named == (["Idempotency-Key"] if takes else []), (method, path)
    assert "security" in document["paths"]["/api/v1/campaigns"]["post"]
