"""What is printed is what a phone reads: the QR codes of the PDF, decoded from its picture."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import zxingcpp

from dashboard.printing.poster import Poster, draw_posters
from dashboard.printing.slips import SlipText, draw_slips

LINK = "https://khaosat.example.vn/k/abcdefghjkmnpqrstuvw"


def pages(pdf: bytes) -> Iterator[tuple[str, list[str]]]:
    """Yield the text of each page and what its QR codes hold."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture: Any = page.render(scale=3).to_pil()
        codes = zxingcpp.read_barcodes(picture)
        yield page.get_textpage().get_text_bounded(), [code.text for code in codes]
    document.close()


def poster(class_line: str, link: str) -> Poster:
    return Poster(
        school="Trường Mầm non Hoa Hồng (mẫu)",
        title="Khảo sát chăm sóc, giáo dục, nuôi dưỡng, quý II/2024",
        class_line=class_line,
        link=link,
        how=("Mở máy ảnh hoặc Zalo, quét mã và trả lời trong một phút.",),
    )


def test_a_poster_for_the_school_and_one_for_each_class() -> None:
    of_class = f"{LINK}?lop-hoc=L%C3%A1+2"
    found = list(pages(draw_posters([poster("", LINK), poster("Lớp Lá 2", of_class)])))
    assert [codes for _, codes in found] == [[LINK], [of_class]]
    assert "Trường Mầm non Hoa Hồng (mẫu)" in found[0][0]
    assert "Lớp Lá 2" in found[1][0]


def test_slips_hold_each_code_in_letters_and_as_a_picture() -> None:
    text = SlipText(
        school="Trường Mầm non Hoa Hồng (mẫu), phường Thí Dụ, thành phố Thí Dụ",
        title="Khảo sát giải quyết thủ tục hành chính, quý II/2024",
        class_line="Lớp Nhà trẻ 12",
        how="Quét mã QR, hoặc mở đường dẫn của trường và nhập mã này.",
        code_label="Mã dùng một lần:",
        privacy="Mã không ghi tên và không được lưu cùng câu trả lời.",
    )
    codes = [f"7K2M-QX9D-A{n:03d}" for n in range(23)]
    links = {code: f"{LINK}?ma-phieu={code}" for code in codes}
    found = list(pages(draw_slips(text, list(links.items()))))
    assert [len(read) for _, read in found] == [10, 10, 3]
    assert {link for _, read in found for link in read} == set(links.values())
    for words, read in found:
        for link in read:
            assert link.rpartition("=")[2] in words
        assert words.count("Mã dùng một lần:") == len(read)


def test_the_fonts_travel_with_the_sheet() -> None:
    pdf = draw_posters([poster("", LINK)])
    assert pdf.count(b"/FontFile2") == 2, "plain and bold, embedded"
