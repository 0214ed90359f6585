"""The template that a school downloads is what surveys reads."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from contracts.forms import Form
from contracts.rpc.surveys import PublicCampaign
from gateway.slip_template import as_csv, as_xlsx
from surveys.domain.slip_sheets import read_file
from surveys.domain.slips import read_slips
from tests.support.surveys import CARE, TTHC


def campaign(form: Form) -> PublicCampaign:
    return PublicCampaign(
        campaign_id=uuid4(),
        slug="open000000000000",
        school="hoa-cuc-mau",
        school_title="Trường Hoa Cúc (thí dụ)",
        state="open",
        opens_on=date(2024, 3, 1),
        closes_on=date(2024, 3, 14),
        legal_basis="Kế hoạch số 513/KH-GDĐT",
        form=form,
        classes=("Mầm 1", "Lá 2"),
    )


@pytest.mark.parametrize("form", [TTHC, CARE], ids=["tthc", "care"])
def test_a_filled_in_template_is_read(form: Form) -> None:
    row = ["Lá 2"] + (["có"] if form.filter else []) + ["4"]
    book = load_workbook(BytesIO(as_xlsx(campaign(form))))
    book.worksheets[0].append(row)
    file = BytesIO()
    book.save(file)
    text = as_csv(campaign(form)) + (",".join(row) + "\r\n").encode()
    for data in (file.getvalue(), text):
        (slip,) = read_slips(form, ("Mầm 1", "Lá 2"), read_file(data))
        assert slip.class_code == "Lá 2"
        assert 4 in slip.answers.values()


def test_the_second_page_says_how_in_the_reader_s_language() -> None:
    book = load_workbook(BytesIO(as_xlsx(campaign(TTHC), "en")))
    told = " ".join(str(cell.value) for row in book.worksheets[1] for cell in row)
    assert "Mầm 1, Lá 2" in told
    assert "One wrong cell, and nothing is stored" in told
