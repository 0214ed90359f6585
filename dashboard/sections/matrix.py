"""Who has sent what: schools × kinds × periods of a reporting year, each cell in words."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.markup import show
from dashboard.naming import period_key, period_name
from dashboard.sections.heading import nothing, section
from dashboard.shapes.kinds import Kinds
from dashboard.shapes.matrix import Matrix
from dashboard.visit import Visit, current

ALL: Final = ""
WAITS: Final = frozenset({"overdue", "due_soon"})


def report_matrix() -> None:
    """Draw the matrix of a year, narrowed to a kind and a period, and the way to its files."""
    visit = current()
    t = visit.words
    left, middle, right = st.columns(3)
    kind = _choose_kind(visit, left)
    year = st.session_state.get("matrix_year")
    asked = None if year is None else str(year)
    matrix = visit.gateway.get("/report-matrix", Matrix, year=asked, kind=kind or None)
    _choose_year(visit, middle, matrix)
    if not matrix["columns"]:
        nothing(t("report.none"))
        return
    period = _choose_period(visit, right, matrix)
    places = [
        (place, column, period_name(visit, column["period"]))
        for place, column in enumerate(matrix["columns"])
        if period in {ALL, period_key(column["period"])}
    ]
    section(t("report.matrix"), count=len(matrix["rows"]), note=t("report.matrix_note"))
    show(
        "matrix.html",
        rows=matrix["rows"],
        places=places,
        summaries={
            place: f"{visit.public}/api/v1/report-summaries/{column['kind']}"
            f"/{period_key(column['period'])}/file"
            for place, column, _ in places
        },
    )
    narrowed = {"year": str(matrix["year"]), "kind": kind, "period": period}
    show("matrix_files.html", address=_address(visit, narrowed))


def _address(visit: Visit, narrowed: Mapping[str, str]) -> str:
    query = urlencode({name: value for name, value in narrowed.items() if value})
    return f"{visit.public}/api/v1/report-matrix/file?{query}"


def _choose_kind(visit: Visit, where: DeltaGenerator) -> str:
    kinds = visit.gateway.get("/kinds", Kinds)["items"]
    names = {ALL: visit.words("matrix.kind_all")} | {
        one["code"]: visit.said(one["words"]) for one in kinds
    }
    chosen = where.selectbox(
        visit.words("report.one"), list(names), format_func=lambda code: names[code]
    )
    return str(chosen)


def _choose_year(visit: Visit, where: DeltaGenerator, matrix: Matrix) -> None:
    years = sorted({matrix["year"], *matrix["years"]}, reverse=True)
    where.selectbox(
        visit.words("matrix.year"), years, index=years.index(matrix["year"]), key="matrix_year"
    )


def _choose_period(visit: Visit, where: DeltaGenerator, matrix: Matrix) -> str:
    columns = sorted(matrix["columns"], key=lambda one: one["period"]["ends_on"], reverse=True)
    names = {period_key(one["period"]): period_name(visit, one["period"]) for one in columns}
    keys = [*names, ALL]
    start = _with_work(matrix, list(names))
    chosen = where.selectbox(
        visit.words("overview.period"),
        keys,
        index=keys.index(start),
        format_func=lambda key: names.get(key) or visit.words("matrix.period_all"),
    )
    return str(chosen)


def _with_work(matrix: Matrix, keys: Sequence[str]) -> str:
    """The newest period in which something waits to be sent, else the newest."""
    waiting = {
        period_key(column["period"])
        for row in matrix["rows"]
        for column, cell in zip(matrix["columns"], row["cells"], strict=True)
        if cell is not None and cell["state"] in WAITS
    }
    return next((key for key in keys if key in waiting), keys[0])
