"""Why a file that somebody sent is not read at all."""

from typing import Literal

FileFault = Literal[
    "too_large",
    "not_utf8",
    "not_a_workbook",
    "macro",
    "unpacks_too_large",
    "too_many_rows",
    "too_many_columns",
    "formula",
    "characters",
]
