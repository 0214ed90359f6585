"""Who has sent what in the sample's quarter."""

from collections import Counter
from collections.abc import Iterable

from contracts.rpc.figures import Timeliness
from contracts.rpc.oversight import Matrix, MatrixCell, MatrixColumn, MatrixRow
from reports.domain.timeliness import standing, timeliness
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.reports import ALL, KINDS
from tests.dashboard.sample.schools import TITLES, in_scope
from tests.dashboard.sample.surveys import Q1

TODAY = "2024-03-20"


def get_matrix(asked: Asked) -> Matrix:
    found = [
        one
        for one in ALL
        if in_scope(asked, one.school)
        and asked.query.get("kind") in {None, one.kind}
        and asked.query.get("year") in {None, "2024"}
    ]
    kinds = [kind for kind in KINDS if any(one.kind == kind for one in found)]
    cells = {(one.school, one.kind): MatrixCell.model_validate(dict(one)) for one in found}
    return Matrix.model_validate(
        {
            "as_of": TODAY,
            "year": int(asked.query.get("year", "2024")),
            "years": (2024, 2023),
            "columns": [
                MatrixColumn(
                    kind=kind,
                    kind_words=KINDS[kind],
                    period=Q1,
                    stands=_stands(cells[key] for key in cells if key[1] == kind),
                )
                for kind in kinds
            ],
            "rows": [
                MatrixRow(
                    school=school,
                    title=title,
                    cells=tuple(cells[school, kind] for kind in kinds),
                    stands=_stands(cells[school, kind] for kind in kinds),
                )
                for school, title in TITLES.items()
                if kinds and (school, kinds[0]) in cells
            ],
        }
    )


def _stands(cells: Iterable[MatrixCell]) -> Timeliness:
    return timeliness(Counter(standing(one.state, one.late_working_days) for one in cells))


ROUTES: dict[str, Route] = {"GET /report-matrix": get_matrix}
