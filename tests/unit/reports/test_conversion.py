"""LibreOffice as it is installed, and what happens when it does not do its work."""

import ctypes
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from reports.conversion import ConversionFailed, Converter
from tests.support.eventually import eventually
from tests.support.letters import letter_of, made


def fonts_of(document: pypdfium2.PdfDocument) -> set[tuple[str, bool]]:
    """Return (name, embedded) of every font that letters are drawn with."""
    found = set()
    for page in document:
        for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(drawn.raw)
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            found.add((name.value.decode(), bool(pdfium.FPDFFont_GetIsEmbedded(font))))
    return found


def test_a_pdf_with_embedded_vietnamese_letters() -> None:
    letter = letter_of(pages=2)
    with pypdfium2.PdfDocument(Converter().convert(made(letter))) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        fonts = fonts_of(document)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert "Nguyễn Thị Thí Dụ" in pages[-1]
    assert pages[1].split()[0] == "2"  # counted from the second page on
    assert {name.rpartition("+")[2].partition("-")[0] for name, _ in fonts} <= {
        "Tinos",
        "LiberationSerif",
        "TimesNewRomanPS",
        "TimesNewRomanPSMT",
    }
    assert all(embedded for _, embedded in fonts)


def _in_place_of_soffice(folder: Path, code: str, seconds: float = 60) -> Converter:
    script = folder / "soffice.sh"
    script.write_text(code)
    return Converter(("sh", str(script)), seconds)


@pytest.mark.parametrize(
    ("code", "why"), [("exit 77", "crashed"), ("kill -ABRT $$", "crashed"), ("true", "empty")]
)
def test_what_does_no_work_is_told(tmp_path: Path, code: str, why: str) -> None:
    with pytest.raises(ConversionFailed) as failed:
        _in_place_of_soffice(tmp_path, code).convert(b"")
    assert failed.value.why == why


def test_what_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    seen = tmp_path / "child"
    code = f"sleep 600 & echo $! > {seen}; sleep 600"
    with pytest.raises(ConversionFailed) as failed:
        _in_place_of_soffice(tmp_path, code, seconds=5).convert(b"")
    assert failed.value.why == "timeout"
    status = Path(f"/proc/{seen.read_text().strip()}/status")

    def gone() -> bool:
        # A zombie is left only until whoever inherits it asks.
        return not status.exists() or "State:\tZ" in status.read_text()

    eventually(gone, message="the child is ended")


def test_it_gets_nothing_of_the_services_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMQP_URL", "secret")
    converter = _in_place_of_soffice(tmp_path, f"env > {tmp_path}/seen")
    with pytest.raises(ConversionFailed):
        converter.convert(b"")
    assert "secret" not in (tmp_path / "seen").read_text()


def test_a_missing_program_is_told() -> None:
    with pytest.raises(ConversionFailed) as failed:
        Converter(("kipthoi-no-such-program",)).convert(b"")
    assert failed.value.why == "missing"
