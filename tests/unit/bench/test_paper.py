"""The benchmark's sheet of paper slips is one that surveys reads."""

import pytest

from contracts.forms import Form
from surveys.domain.slip_sheets import read_file
from surveys.domain.slips import read_slips
from tests.bench.paper import fill_workbook
from tests.support.surveys import CARE, TTHC


@pytest.mark.parametrize("form", [TTHC, CARE], ids=lambda form: form.kind)
def test_every_row_is_a_whole_slip(form: Form) -> None:
    slips = read_slips(form, (), read_file(fill_workbook(form.model_dump(mode="json"), 150)))
    assert len(slips) == 150
    assert all(form.overall in slip.answers for slip in slips)
    assert sum(slip.demand is not None for slip in slips) == 4, "two in a hundred"
