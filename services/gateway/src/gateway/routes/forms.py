"""Survey forms: what is published, as data and as files; new versions from a file."""

import base64
from typing import Annotated, Final

from fastapi import Path, Query, Response

from contracts.days import Day
from contracts.events.surveys import FormKind
from contracts.model import Model
from contracts.rpc import forms as m
from gateway.admission import make_router
from gateway.asking import Ask

router = make_router("/api/v1")

MEDIA_TYPES: Final[dict[m.FileFormat, str]] = {
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Version = Annotated[int, Path(ge=1, le=1_000_000)]
Format = Annotated[m.FileFormat, Query(alias="format")]


class Use(Model):
    """From which day the calendar's campaigns ask the version."""

    valid_from: Day


@router.get("/forms", tags=["forms"])
async def list_forms(ask: Ask) -> m.Forms:
    """The published versions of each form, the newest first."""
    return await ask("surveys", "list_forms", m.ListForms(), m.Forms)


@router.post("/forms", tags=["forms"])
async def add_form(ask: Ask, new: m.AddForm) -> m.CheckedForm:
    """Read a form from a YAML or Excel file; with `publish`, keep it as the next version."""
    return await ask("surveys", "add_form", new, m.CheckedForm)


@router.get("/forms/{form}/{version}", tags=["forms"])
async def get_form(ask: Ask, form: FormKind, version: Version) -> m.FormDetail:
    """One version with its items."""
    wanted = m.GetForm(kind=form, version=version)
    return await ask("surveys", "get_form", wanted, m.FormDetail)


@router.get(
    "/forms/{form}/{version}/file",
    tags=["forms"],
    response_class=Response,
    responses={200: {"content": {media: {} for media in MEDIA_TYPES.values()}}},
)
async def get_form_file(
    ask: Ask, form: FormKind, version: Version, file_format: Format = "xlsx"
) -> Response:
    """One version as a file: to look at, and to start the next version from."""
    wanted = m.GetFormFile(kind=form, version=version, format=file_format)
    file = await ask("surveys", "get_form_file", wanted, m.FormFile)
    return Response(
        base64.b64decode(file.content),
        media_type=MEDIA_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


@router.post("/forms/{form}/{version}/use", tags=["forms"])
async def use_form(ask: Ask, form: FormKind, version: Version, use: Use) -> m.FormDetail:
    """Let the calendar's campaigns ask this version from a day ahead on."""
    wanted = m.UseForm(kind=form, version=version, valid_from=use.valid_from)
    return await ask("surveys", "use_form", wanted, m.FormDetail)
