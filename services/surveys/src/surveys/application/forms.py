"""Forms for the district: read a file, publish it, look at what is published, use it."""

import base64
import binascii
import unicodedata
from collections.abc import Sequence
from typing import Final

from contracts.events.surveys import FormKind
from contracts.forms import Form
from contracts.problems import Problem
from contracts.rpc import forms as messages
from surveys.domain.form_faults import MalformedForm
from surveys.domain.form_files import read_form, write_form
from surveys.domain.form_sheets import read_form_rows, write_form_rows
from surveys.domain.form_versions import FIRST_OF_DISTRICT, FormUse, is_shipped, next_of_district
from surveys.domain.spreadsheets import Limits, SheetRefused, read_sheet
from surveys.storage.forms import Published
from surveys.storage.unit_of_work import SurveysUnitOfWork

LIMITS: Final = Limits()


def list_forms(work: SurveysUnitOfWork, _: messages.ListForms) -> messages.Forms:
    """Return all published versions."""
    uses = work.forms.uses()
    found = work.forms.published()
    return messages.Forms(
        items=tuple(messages.FormVersion.model_validate(dict(_show(one, uses))) for one in found)
    )


def get_form(work: SurveysUnitOfWork, wanted: messages.GetForm) -> messages.FormDetail:
    """Return one version with its items."""
    return _show(_find(work, wanted.kind, wanted.version), work.forms.uses())


def get_form_file(work: SurveysUnitOfWork, wanted: messages.GetFormFile) -> messages.FormFile:
    """Return a version as a file to start the next one from."""
    form = _find(work, wanted.kind, wanted.version).form
    data = write_form_rows(form) if wanted.format == "xlsx" else write_form(form).encode()
    return messages.FormFile(
        name=f"{form.kind}-v{form.version}.{wanted.format}",
        content=base64.b64encode(data).decode("ascii"),
    )


def read_file(wanted: messages.AddForm) -> Form:
    """Return the form in a file, under a version that says nothing yet; stores nothing.

    Raises `surveys.form_malformed`, `surveys.form_file_refused`, `request.invalid`.
    """
    try:
        data = base64.b64decode(wanted.content, validate=True)
    except (binascii.Error, ValueError):
        raise Problem("request.invalid", fields=["content"]) from None
    try:
        if wanted.format == "xlsx":
            return read_form_rows(read_sheet(data, LIMITS), version=FIRST_OF_DISTRICT)
        return read_form(_text(data), version=FIRST_OF_DISTRICT)
    except MalformedForm as wrong:
        raise Problem(
            "surveys.form_malformed", line=wrong.line, field=wrong.field, why=wrong.why
        ) from None
    except SheetRefused as refused:
        place = {"row": refused.row, "column": refused.column}
        shown = {name: number for name, number in place.items() if number is not None}
        raise Problem("surveys.form_file_refused", why=refused.why, **shown) from None


def add_form(work: SurveysUnitOfWork, read: Form, wanted: messages.AddForm) -> messages.CheckedForm:
    """Publish the form that was read from a file as the next version, or say that it could be."""
    if wanted.publish:
        work.forms.alone()
    published = [one.form for one in work.forms.published() if one.form.kind == read.kind]
    for one in published:
        if one.model_copy(update={"version": read.version}) == read:
            raise Problem("surveys.form_known", version=one.version)
    form = read.model_copy(update={"version": next_of_district(f.version for f in published)})
    if wanted.publish:
        work.forms.publish(form, work.today, work.actor.display_name)
        work.audit(
            "add_form",
            f"{form.kind}/{form.version}",
            after={"kind": form.kind, "version": form.version, "items": _count(form)},
        )
    return messages.CheckedForm(form=form, items=_count(form), published=wanted.publish)


def use_form(work: SurveysUnitOfWork, wanted: messages.UseForm) -> messages.FormDetail:
    """Let the calendar's campaigns ask a version from a day on."""
    found = _find(work, wanted.kind, wanted.version)
    if wanted.valid_from <= work.today:
        raise Problem("surveys.use_began", today=work.today.isoformat())
    before = {
        use.valid_from: use.version for use in work.forms.uses() if use.kind == wanted.kind
    }.get(wanted.valid_from)
    work.forms.use(FormUse(wanted.kind, wanted.valid_from, wanted.version))
    work.schools.plan_anew()
    work.audit(
        "use_form",
        f"{wanted.kind}/{wanted.version}",
        before={"version": before},
        after={"version": wanted.version, "valid_from": wanted.valid_from.isoformat()},
    )
    return _show(found, work.forms.uses())


def _text(data: bytes) -> str:
    if len(data) > LIMITS.file_bytes:
        raise SheetRefused("too_large")
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SheetRefused("not_utf8") from None


def _find(work: SurveysUnitOfWork, kind: FormKind, version: int) -> Published:
    for one in work.forms.published():
        if (one.form.kind, one.form.version) == (kind, version):
            return one
    raise Problem("resource.not_found")


def _show(one: Published, uses: Sequence[FormUse]) -> messages.FormDetail:
    form = one.form
    own = [use for use in uses if (use.kind, use.version) == (form.kind, form.version)]
    return messages.FormDetail(
        kind=form.kind,
        version=form.version,
        words=form.words,
        items=_count(form),
        shipped=is_shipped(form.version),
        used_from=tuple(use.valid_from for use in own),
        published_on=one.published_on,
        published_by=one.published_by,
        form=form,
    )


def _count(form: Form) -> int:
    """Return how many items a form asks, its filter left out."""
    return sum(1 for _ in form.placed_items())
