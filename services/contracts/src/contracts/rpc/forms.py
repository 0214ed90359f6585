"""Questions and commands about survey forms: the district adds versions, none ever changes."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from contracts.days import Day
from contracts.events.surveys import FormKind
from contracts.forms import Form, Words
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request

declare(
    {
        # the file is a form with a fault; params: line (of the text or the sheet), field, why
        "surveys.form_malformed": 422,
        # the file is nothing to read a form from; params: why, row and column where there is one
        "surveys.form_file_refused": 422,
        "surveys.form_known": 409,  # the same questions are published; params: version
        "surveys.use_began": 409,  # what the calendar uses already stays; params: today
    }
)

FileFormat = Literal["yaml", "xlsx"]
# What is wrong with a form, as `why` of `surveys.form_malformed`; each has its words.
FormFault = Literal[
    "syntax",
    "empty",
    "alias",
    "nested",
    "header",
    "unknown_row",
    "row_place",
    "missing",
    "unknown_key",
    "twice",
    "not_one_of",
    "wrong_code",
    "wrong_type",
    "too_long",
    "too_short",
    "unprintable",
    "reserved_code",
    "too_many_items",
    "filter_kind",
    "filter_missing",
    "overall_kind",
    "demand_kind",
    "demand_missing",
    "notice_missing",
    "wrong_value",
]
# Why a file is not read at all, as `why` of `surveys.form_file_refused`.
FileFault = Literal[
    "too_large",
    "not_utf8",
    "not_a_workbook",
    "macro",
    "unpacks_too_large",
    "too_many_rows",
    "too_many_columns",
    "formula",
    "merged",
    "characters",
]
Version = Annotated[StrictInt, Field(ge=1, le=1_000_000)]
# A form has a few kilobytes: its file travels with the command, in base64.
Content = Annotated[str, StringConstraints(max_length=256 * 1024)]


class FormVersion(Model):
    """A published version in a list.

    `shipped` came with the software, else the district added it. `used_from`: the days from which
    the calendar makes its campaigns with it; none of them for a form of extra campaigns alone.
    """

    kind: FormKind
    version: int
    words: Words
    items: int
    shipped: bool
    used_from: tuple[date, ...]
    published_on: date | None
    published_by: str | None


class FormDetail(FormVersion):
    """A published version with all that it asks."""

    form: Form


class Forms(Model):
    """Published versions, by kind, the newest first."""

    items: tuple[FormVersion, ...]


class ListForms(Request):
    """`list_forms`."""


class GetForm(Request):
    """`get_form`. Raises `resource.not_found`."""

    kind: FormKind
    version: Version


class CheckedForm(Model):
    """What a file was read as; `published` says whether it is kept."""

    form: Form
    items: int
    published: bool


class AddForm(Request):
    """`add_form` → `CheckedForm`: read a file, and with `publish` keep it as the next version.

    `content` is the file in base64, at most 128 KiB of it. The number of the version is given, not
    read. Raises `surveys.form_malformed`, `surveys.form_file_refused`, `surveys.form_known`;
    without `publish` nothing is stored.
    """

    format: FileFormat
    content: Content
    publish: StrictBool = False


class GetFormFile(Request):
    """`get_form_file`: a version as the file that it could have come from."""

    kind: FormKind
    version: Version
    format: FileFormat


class FormFile(Model):
    """A file in base64."""

    name: str
    content: str


class UseForm(Request):
    """`use_form` → `FormDetail`: the calendar's campaigns that open from a day on ask this version.

    What is open keeps its version. Raises `resource.not_found`, `surveys.use_began` for a day that
    is not ahead.
    """

    kind: FormKind
    version: Version
    valid_from: Day
