"""The REST interface described: as OpenAPI, and as one light page without anybody's CDN."""

from functools import cache
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from contracts.problems import codes, status_of
from gateway.access import ACCESS, STAFF
from gateway.admission import make_router
from gateway.rendering import page
from gateway.repeating import PARAMETER, takes_key
from gateway.words import Language, language_of, say

router = make_router()
METHODS: Final = ("get", "post", "put", "patch", "delete")


@cache
def openapi_of(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the app's REST interface."""
    schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
    schema.setdefault("components", {})["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "kipthoi_session"},
        "token": {"type": "http", "scheme": "bearer"},
    }
    for method, path, operation in _operations(schema):
        rule = ACCESS[f"{method} {path}"]
        problem = operation["responses"]["default"]["content"]
        problem["application/problem+json"] = problem.pop("application/json")
        operation["x-roles"] = sorted(rule.roles)
        if rule.scope != "public":
            operation["security"] = [{"session": []}, {"token": []}]
        if takes_key(method, path, rule):
            operation.setdefault("parameters", []).append(PARAMETER)
    return schema


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> Response:
    """Return the OpenAPI document."""
    return JSONResponse(openapi_of(request.app))


@router.get("/docs", include_in_schema=False)
async def docs(request: Request) -> Response:
    """List every operation with its roles, and every problem with its sentence."""
    language = language_of(request)
    schema = openapi_of(request.app)
    tags: dict[str, list[dict[str, Any]]] = {}
    for method, path, operation in _operations(schema):
        entry = {
            "method": method,
            "path": path,
            "description": operation.get("description", ""),
            "fields": _fields(schema, operation),
            "roles": _roles(language, operation["x-roles"]),
        }
        tags.setdefault((operation.get("tags") or ["other"])[0], []).append(entry)
    problems = [(code, status_of(code), say(language, f"problem.{code}")) for code in codes()]
    return page(request, "docs.html", wide=True, tags=tags, problems=problems)


def _operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, item[method])
        for path, item in schema.get("paths", {}).items()
        for method in METHODS
        if method in item
    ]


def _roles(language: Language, roles: list[str]) -> list[str]:
    if not roles:
        return [say(language, "role.anybody")]
    if set(roles) >= STAFF:
        return [say(language, "role.any_account")]
    return [say(language, f"role.{role}") for role in roles]


def _fields(schema: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """Return the names that an operation takes, `*` where one is required."""
    found = [
        one["name"] + ("*" if one.get("required") else "")
        for one in operation.get("parameters", [])
        if one["in"] == "query"
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = body.get("schema", {}).get("$ref", "").rpartition("/")[2]
    shape = schema.get("components", {}).get("schemas", {}).get(name, {})
    required = shape.get("required", [])
    return found + [f + ("*" if f in required else "") for f in shape.get("properties", {})]
