"""Documents of reports: a draft and what was issued before it; templates of the district."""

from datetime import UTC, date, datetime

from contracts.rpc.base import Empty
from contracts.rpc.documents import (
    Document,
    Documents,
    DocumentSection,
    PdfState,
    Template,
    Templates,
)
from contracts.rpc.obligations import Kind, Kinds
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample.ids import made
from tests.dashboard.sample.reports import KINDS

AT = datetime(2024, 3, 18, 3, 0, tzinfo=UTC)
DRAFT = str(made("draft document"))


def _document(name: str, number: int | None, pdf: PdfState) -> Document:
    return Document(
        document_id=made(name),
        obligation_id=made("cau-vong-giay periodic"),
        school="cau-vong-giay",
        kind="periodic",
        number=number,
        symbol="BC-MNCVG",
        register_of="outgoing",
        issued_on=date(2024, 3, 18),
        place="Quận 7",
        authority="Ủy ban nhân dân Quận 7",
        issuer="Trường Mầm non Cầu Vồng Giấy (thí dụ)",
        subject="Định kỳ quý I năm 2024",
        sections=(
            DocumentSection(
                heading="I. KẾT QUẢ", text="Đã làm.", figures=("- Kiểm tra: đã hoàn thành 2 cuộc.",)
            ),
            DocumentSection(heading="II. KIẾN NGHỊ"),
        ),
        signing=("KT. Hiệu trưởng", "Phó Hiệu trưởng"),
        signer="Nguyễn Thí Dụ",
        recipients=("- Ủy ban nhân dân Quận 7 (b/cáo);", "- Lưu: VT."),
        template_version=0,
        pdf=pdf,
        made_at=AT,
        made_by="Phó Hiệu trưởng (thí dụ)",
        numbered_at=AT if number else None,
        numbered_by="Văn thư (thí dụ)" if number else None,
        version=2,
    )


ALL = (
    _document("draft document", None, "none"),
    _document("waiting document", 14, "waiting"),
    _document("issued document", 5, "ready"),
    _document("failed document", 4, "failed"),
)


def list_kinds(_: Asked) -> Kinds:
    return Kinds(
        items=tuple(
            Kind(
                code=code,
                words=words,
                version=1,
                effective_from=date(2019, 3, 12),
                periods=("quarter",),
                day=16,
                wording="by",
                legal_basis="Nghị định số 09/2019/NĐ-CP",
                recipients=(),
                note=None,
            )
            for code, words in KINDS.items()
        )
    )


def list_templates(_: Asked) -> Templates:
    own = Template(kind="periodic", version=1, uploaded_at=AT, uploaded_by="Chuyên viên (thí dụ)")
    shipped = (Template(kind=kind, version=0, uploaded_at=None, uploaded_by=None) for kind in KINDS)
    return Templates(items=(own, *shipped))


ROUTES: dict[str, Route] = {
    "GET /kinds": list_kinds,
    "GET /obligations/{obligation_id}/documents": lambda _: Documents(items=ALL),
    "POST /obligations/{obligation_id}/documents": lambda _: Empty(),
    "POST /documents/{document_id}/number": lambda _: Empty(),
    "GET /document-templates": list_templates,
    "POST /document-templates/{kind}": lambda _: Empty(),
}
