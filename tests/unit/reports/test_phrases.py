"""What a document says by itself: subjects, headings, figures."""

import pytest

from contracts.forms import Words
from contracts.rpc.drafts import FigureUnit
from reports.domain.documents import phrases
from reports.domain.drafts import FigureKind
from reports.shipped import kinds
from workdays import window
from workdays.periods import PeriodKind


@pytest.mark.parametrize(
    ("title", "kind", "index", "subject"),
    [
        ("Báo cáo định kỳ", "quarter", 4, "Định kỳ quý IV năm 2024"),
        ("Báo cáo năm", "year", 0, "Năm 2024"),
        ("Báo cáo kiểm tra", "first_half", 0, "Kiểm tra 6 tháng đầu năm 2024"),
        ("Báo cáo kiểm tra", "second_half", 0, "Kiểm tra 6 tháng cuối năm 2024"),
        ("Báo cáo kiểm tra", "nine_months", 0, "Kiểm tra 9 tháng đầu năm 2024"),
        ("Báo cáo kiểm tra", "month", 12, "Kiểm tra tháng 12 năm 2024"),
    ],
)
def test_a_subject_names_its_period(title: str, kind: PeriodKind, index: int, subject: str) -> None:
    assert phrases.subject_of(title, window(kind, 2024, index)) == subject


def test_every_part_of_every_kind_has_its_number() -> None:
    for kind in kinds().versions:
        heads = [phrases.heading(n, part.words.vi) for n, part in enumerate(kind.checklist, 1)]
        assert heads[0].startswith("I. ")
        assert len(set(heads)) == len(heads)


@pytest.mark.parametrize(
    ("unit", "value", "before", "line"),
    [
        ("count", 3.0, 5.0, "- Số việc: 3 (kỳ trước: 5)."),
        ("count", 0.0, None, "- Số việc: 0."),
        ("count", 1234.0, 1_000_000.0, "- Số việc: 1.234 (kỳ trước: 1.000.000)."),
        ("count", 1.5, None, "- Số việc: 1,5."),
        ("percent", 94.96, 100.0, "- Số việc: 94,9% (kỳ trước: 100,0%)."),
        ("percent", 100 * 137 / 140, 95.0, "- Số việc: 97,9% (kỳ trước: 95,0%)."),
    ],
)
def test_a_figure_stands_beside_the_period_before(
    unit: FigureUnit, value: float, before: float | None, line: str
) -> None:
    kind = FigureKind("x", Words(vi="Số việc", en="Things"), unit)
    assert phrases.figure(kind, value, before) == line
