"""Who may answer the open campaign, its codes, and its batches of answers from paper."""

from datetime import date
from random import Random

from contracts.codes import make_code
from contracts.rpc.batches import Batch, Batches
from contracts.rpc.campaign_access import CampaignAccess, CodeIssue
from contracts.rpc.surveys import PublicCampaign
from gateway.routes.campaign_access import NewCodes
from tests.dashboard.fake_gateway import Asked, Route
from tests.dashboard.sample import surveys
from tests.dashboard.sample.ids import made
from tests.support.surveys import CARE

OPEN = surveys.CAMPAIGNS[1]
CLASSES = ("Mầm 1", "Lá 2")
TYPED = Batch(
    batch_id=made("typed"),
    campaign_id=OPEN.campaign_id,
    kind="typed",
    title="Lớp Lá, phiếu gửi về thứ Sáu",
    state="stored",
    answers=18,
    total=18,
    entered_on=date(2024, 6, 7),
    undone_on=None,
)
FILE = TYPED.model_copy(
    update={
        "batch_id": made("file"),
        "kind": "file",
        "title": "phieu.xlsx",
        "state": "storing",
        "answers": 0,
        "total": 5000,
    }
)


def access(_: Asked) -> CampaignAccess:
    """An open link, for the school and for two classes."""
    return CampaignAccess(
        campaign_id=OPEN.campaign_id,
        slug=OPEN.slug,
        access="open",
        classes=CLASSES,
        issues=(),
        issued=0,
    )


def with_codes(asked: Asked) -> CampaignAccess:
    """The same campaign, answered with codes alone."""
    issues = (
        CodeIssue(issued_on=date(2024, 6, 3), class_code="Lá 2", number=30),
        CodeIssue(issued_on=date(2024, 6, 4), class_code=None, number=5),
    )
    shown = access(asked)
    return shown.model_copy(update={"access": "codes", "issues": issues, "issued": 35})


def make_codes(asked: Asked) -> NewCodes:
    draw = Random(7).getrandbits  # noqa: S311 - the sample is the same each time
    number = int(str(asked.body["number"]))
    return NewCodes(
        campaign_id=OPEN.campaign_id,
        class_code=None,
        link=f"http://127.0.0.1/k/{OPEN.slug}",
        codes=tuple(make_code(draw) for _ in range(number)),
    )


def public_campaign(_: Asked) -> PublicCampaign:
    return PublicCampaign(
        campaign_id=OPEN.campaign_id,
        slug=OPEN.slug,
        school=OPEN.school,
        school_title=OPEN.school_title,
        state="open",
        opens_on=OPEN.opens_on,
        closes_on=OPEN.closes_on,
        legal_basis=OPEN.legal_basis,
        form=CARE,
        classes=CLASSES,
    )


ROUTES: dict[str, Route] = {
    "GET /campaigns/{campaign_id}/access": access,
    "POST /campaigns/{campaign_id}/access": access,
    "POST /campaigns/{campaign_id}/codes": make_codes,
    "GET /campaigns/{campaign_id}/batches": lambda _: Batches(items=(TYPED,)),
    "POST /campaigns/{campaign_id}/slips": lambda _: TYPED,
    "POST /campaigns/{campaign_id}/imports": lambda _: FILE,
    "GET /batches/{batch_id}": lambda _: FILE,
    "POST /batches/{batch_id}/undo": lambda _: TYPED,
    "GET /public/campaigns/{slug}": public_campaign,
}
