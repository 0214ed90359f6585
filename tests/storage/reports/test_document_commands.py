"""`kipthoi documents`: reads Word files back, and lets PDFs that failed be made again."""

from pathlib import Path

import pytest
from docx.shared import Mm

from deploy.local.postgres import Database
from messaging.cli import main
from reports.application import converting
from tests.storage.reports.conftest import Room
from tests.storage.reports.papers import compose, number
from tests.support.letters import changed, made

VARIABLE = "KIPTHOI_REPORTS_DATABASE_URL"


def fail(_: bytes) -> bytes:
    raise OSError("soffice crashed")


def test_files_are_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = tmp_path / "right.docx", tmp_path / "wrong.docx"
    right.write_bytes(made())
    wrong.write_bytes(
        changed(made(), lambda document: setattr(document.sections[0], "left_margin", Mm(25)))
    )
    assert main(["documents", "check", str(right)]) == 0
    assert main(["documents", "check", str(right), str(wrong)]) == 1
    told = capsys.readouterr().out
    assert f"{wrong}: left: margin 25.0, not 30-35 mm" in told
    assert "2 files, 1 keep Nghị định số 30/2020/NĐ-CP" in told
    assert main(["documents", "check", str(tmp_path / "none.docx")]) == 2


def test_failed_pdfs_are_tried_again(
    room: Room, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, database.url)
    assert main(["documents", "retry"]) == 1
    number(room, compose(room).document_id)
    while converting.convert_next(room.units, fail):
        pass
    assert main(["documents", "retry"]) == 0
    assert converting.convert_next(room.units, lambda _: b"%PDF")


def test_without_a_database_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert main(["documents", "retry"]) == 2
    assert VARIABLE in capsys.readouterr().err
    monkeypatch.setenv(VARIABLE, "postgresql://nobody@127.0.0.1:1/none")
    assert main(["documents", "retry"]) == 2
