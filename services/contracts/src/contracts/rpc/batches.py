"""Answers from paper: typed in slip by slip, or imported from a sheet; a batch can be undone."""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt, StrictBool, StringConstraints

from contracts.codes import ClassCode
from contracts.events.surveys import DemandKind
from contracts.model import Model
from contracts.problems import declare
from contracts.rpc.base import Request
from contracts.rpc.surveys import Answers, Demand, SubmissionId
from contracts.written import Short

declare(
    {
        # params: count, errors: [{row, column, code}], the first hundred of them
        "surveys.rows_invalid": 422,
        "surveys.batch_undone": 409,
        "surveys.batch_storing": 409,  # its answers are being stored: undo it a moment later
        "surveys.batch_of_another": 409,  # of another campaign, or from a file
        "surveys.sheet_known": 409,  # the same file is in already; params: title, entered_on
        "surveys.no_rows": 422,
        "surveys.too_many_rows": 422,  # params: limit
        "surveys.sheet_columns": 422,  # params: unknown, missing, doubled (names of columns)
        "surveys.sheet_too_large": 422,  # or what it unpacks to
        "surveys.sheet_formula": 422,  # params: row, column, counted from 1
        "surveys.sheet_merged": 422,  # cells are merged below the heading; params: row, column
        "surveys.sheet_characters": 422,  # params: row, column
        "surveys.sheet_not_utf8": 422,
        "surveys.sheet_unreadable": 422,  # neither .xlsx nor .csv, encrypted, or with macros
    }
)

MOST_ROWS: Final = 10_000
MOST_SHEET_BYTES: Final = 3 * 1024 * 1024
_BASE64_LENGTH: Final = 4 * -(-MOST_SHEET_BYTES // 3)

BatchKind = Literal["typed", "file"]
BatchState = Literal["storing", "stored", "failed", "undone"]


class RowError(Model):
    """One reason against one cell. `row` counts from 1 as in the sheet, its heading included.

    `column` is the code of the item, or "LOP" for the class; the sheet's own letters for a cell
    that has no heading; "" for the row as a whole.
    """

    row: int
    column: str
    code: str


class Batch(Model):
    """Answers from paper that came in together and can be undone together.

    `storing`: `answers` of `total` are on their way, none of them counts before all do. `failed`:
    the campaign ended before they were stored, so none was.
    """

    batch_id: UUID
    campaign_id: UUID
    kind: BatchKind
    title: str
    state: BatchState
    answers: NonNegativeInt
    total: NonNegativeInt
    entered_on: date
    undone_on: date | None


class Batches(Model):
    """The batches of a campaign, the newest first."""

    items: tuple[Batch, ...]


class SlipDemand(Demand):
    """What a slip says was demanded against the rules; whoever enters it says of which kind."""

    kind: DemandKind


class Slip(Model):
    """One paper slip as it was typed; `submission_id` is random, so that it counts once."""

    submission_id: SubmissionId
    answers: Answers
    demand: SlipDemand | None = None
    class_code: ClassCode | None = None


class EnterSlips(Request):
    """`enter_slips` → `Batch`: all of them or none. The sender makes the id of the batch.

    A batch that is there already grows. Raises `surveys.rows_invalid` (rows count from 1),
    `surveys.batch_undone`, `surveys.batch_of_another`, and what refuses an answer of today.
    """

    campaign_id: UUID
    batch_id: SubmissionId
    title: Short = ""
    slips: Annotated[tuple[Slip, ...], Field(min_length=1, max_length=100)]


class ImportSheet(Request):
    """`import_sheet` → `Batch`, whose answers are stored from here on: see `get_batch`.

    `content` is the .xlsx or .csv in base64. Every row is checked before anything is kept: raises
    `surveys.rows_invalid`, `surveys.sheet_columns`, `surveys.no_rows`, `surveys.too_many_rows` and
    the problems of a sheet that can't be read; `surveys.sheet_known` for a file that is in and not
    undone, unless `again` says that these are other slips, which look the same.
    """

    campaign_id: UUID
    file_name: Short
    content: Annotated[
        str,
        StringConstraints(
            min_length=1, max_length=_BASE64_LENGTH, pattern=r"^[A-Za-z0-9+/]+={0,2}$"
        ),
    ]
    again: StrictBool = False


class ListBatches(Request):
    """`list_batches` of a campaign in the actor's scope."""

    campaign_id: UUID


class GetBatch(Request):
    """`get_batch`: how far its storing is. Raises `resource.not_found`, out of scope too."""

    noted = False
    batch_id: UUID


class UndoBatch(Request):
    """`undo_batch` → `Batch`, while its campaign takes answers. What it brought is gone for good.

    Raises `surveys.campaign_closed`, `surveys.batch_storing`, `surveys.batch_undone`.
    """

    batch_id: UUID
