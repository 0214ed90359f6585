"""The district's own forms: from a file to the campaigns that ask them."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc import forms as m
from contracts.rpc.base import Actor, Call
from contracts.rpc.surveys import CreateCampaign, GetPublicCampaign
from surveys.application import forms
from surveys.application.campaigns import create_campaign
from surveys.application.public import get_public_campaign
from surveys.domain.form_sheets import write_form_rows
from tests.storage.surveys.conftest import Clock, Room
from tests.storage.surveys.test_calendar import at, hear, listed, tick
from tests.support.schools import SCHOOL, registered
from tests.support.surveys import CARE, form_text

OFFICER = Actor(
    role="district_officer", account_id=uuid4(), display_name="Cán bộ mẫu", schools=(SCHOOL,)
)
OTHER = form_text("care").replace("vi: Ý kiến về", "vi: Phiếu của quận về")


def adding(data: str | bytes, *, publish: bool = True, kind: m.FileFormat = "yaml") -> m.AddForm:
    raw = data.encode() if isinstance(data, str) else data
    content = base64.b64encode(raw).decode("ascii")
    return m.AddForm(format=kind, content=content, publish=publish)


def add(room: Room, wanted: m.AddForm) -> m.CheckedForm:
    read = forms.read_file(wanted)
    with room.units.for_call(Call(actor=OFFICER, correlation_id=uuid4())) as work:
        return forms.add_form(work, read, wanted)


def refused(room: Room, wanted: m.AddForm) -> Problem:
    before = room.numbers("SELECT kind, version FROM forms ORDER BY 1, 2")
    with pytest.raises(Problem) as caught:
        add(room, wanted)
    assert room.numbers("SELECT kind, version FROM forms ORDER BY 1, 2") == before
    assert room.numbers("SELECT count(*) FROM audit_entries") == [(0,)]
    return caught.value


def use(room: Room, version: int, day: date) -> m.FormDetail:
    with room.units.for_call(Call(actor=OFFICER, correlation_id=uuid4())) as work:
        return forms.use_form(work, m.UseForm(kind="care", version=version, valid_from=day))


def test_a_look_at_a_file_stores_nothing(room: Room) -> None:
    checked = add(room, adding(OTHER, publish=False))
    assert (checked.published, checked.form.version, checked.items) == (False, 1001, 27)
    assert room.numbers("SELECT count(*) FROM forms") == [(2,)]
    assert room.numbers("SELECT count(*) FROM audit_entries") == [(0,)]


def test_a_published_version_is_listed_with_who_and_when(room: Room) -> None:
    assert add(room, adding(OTHER)).published
    with room.units.for_system() as work:
        found = forms.list_forms(work, m.ListForms()).items
    assert [(one.kind, one.version, one.shipped) for one in found] == [
        ("tthc", 1, True),
        ("care", 1001, False),
        ("care", 1, True),
    ]
    own = found[1]
    assert (own.published_on, own.published_by) == (date(2024, 3, 5), "Cán bộ mẫu")
    assert (own.used_from, found[2].used_from) == ((), (date(2019, 5, 6),))
    assert room.numbers("SELECT action, subject, role FROM audit_entries") == [
        ("add_form", "care/1001", "district_officer")
    ]


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_what_is_downloaded_and_sent_again_is_known(room: Room, kind: m.FileFormat) -> None:
    with room.units.for_system() as work:
        wanted = m.GetFormFile(kind="tthc", version=1, format=kind)
        file = forms.get_form_file(work, wanted)
    assert file.name == f"tthc-v1.{kind}"
    again = m.AddForm(format=kind, content=file.content, publish=True)
    problem = refused(room, again)
    assert (problem.code, problem.params) == ("surveys.form_known", {"version": 1})


def test_an_excel_file_becomes_a_version(room: Room) -> None:
    words = CARE.words.model_copy(update={"vi": "Phiếu của quận"})
    made = add(room, adding(write_form_rows(CARE.model_copy(update={"words": words})), kind="xlsx"))
    assert (made.form.version, made.form.words.vi) == (1001, "Phiếu của quận")
    with room.units.for_system() as work:
        assert work.forms.get("care", 1001) == made.form


@pytest.mark.parametrize(
    ("data", "kind", "params"),
    [
        (OTHER.encode("utf-16"), "yaml", {"why": "not_utf8"}),
        (b"\xff\xfe\xfa", "yaml", {"why": "not_utf8"}),
        (b" " * (128 * 1024 + 1), "yaml", {"why": "too_large"}),
        (b"x" * (128 * 1024 + 1), "xlsx", {"why": "too_large"}),
        (OTHER.encode(), "xlsx", {"why": "not_a_workbook"}),
    ],
)
def test_what_is_no_file_of_a_form_is_refused(
    room: Room, data: bytes, kind: m.FileFormat, params: dict[str, Any]
) -> None:
    problem = refused(room, adding(data, kind=kind))
    assert (problem.code, problem.params) == ("surveys.form_file_refused", params)


def test_a_malformed_form_is_refused_with_line_and_reason(room: Room) -> None:
    text = OTHER.replace("code: Q2,", "code: Q1,")
    problem = refused(room, adding(text))
    assert problem.code == "surveys.form_malformed"
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "Việc nhập học" in row)
    assert problem.params == {"line": line, "field": "Q1", "why": "twice"}
    no_base64 = m.AddForm(format="yaml", content="không", publish=True)
    assert refused(room, no_base64).code == "request.invalid"


def test_two_who_publish_at_once_get_two_numbers(room: Room) -> None:
    texts = [OTHER.replace("của quận", f"thứ {n}") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        versions = pool.map(lambda text: add(room, adding(text)).form.version, texts)
    assert sorted(versions) == [1001, 1002, 1003, 1004]


def test_the_calendar_asks_a_version_from_its_day_on(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    tick(room)
    add(room, adding(OTHER))
    clock.now = at(2024, 3, 1)
    tick(room)
    assert use(room, 1001, date(2024, 3, 2)).used_from == (date(2024, 3, 2),)
    clock.now = at(2024, 5, 25)
    tick(room)
    care = [c for c in listed(room) if c.form == "care"]
    assert [(c.period.index, c.state, c.form_version) for c in care] == [
        (1, "closed", 1),
        (2, "open", 1001),
        (3, "planned", 1001),
    ], "what was open keeps its version"
    assert {c.form_version for c in listed(room) if c.form == "tthc"} == {1}
    with room.units.for_system() as work:
        seen = get_public_campaign(work, GetPublicCampaign(slug=care[1].slug))
    assert seen.form.words.vi.startswith("Phiếu của quận")


def test_a_planned_campaign_follows_until_it_opens(room: Room, clock: Clock) -> None:
    clock.now = at(2024, 1, 10)
    hear(room, registered())
    tick(room)
    add(room, adding(OTHER))
    slugs = {c.slug for c in listed(room)}
    use(room, 1001, date(2024, 2, 1))
    tick(room)
    assert {c.form: c.form_version for c in listed(room)} == {"care": 1001, "tthc": 1}
    use(room, 1, date(2024, 2, 1))
    tick(room)
    assert {c.form: c.form_version for c in listed(room)} == {"care": 1, "tthc": 1}
    assert {c.slug for c in listed(room)} == slugs


def test_what_the_calendar_uses_today_stays(room: Room) -> None:
    with pytest.raises(Problem) as refusal:
        use(room, 1, date(2024, 3, 5))
    assert refusal.value.code == "surveys.use_began"
    with pytest.raises(Problem) as refusal:
        use(room, 7, date(2024, 4, 5))
    assert refusal.value.code == "resource.not_found"


def test_an_extra_campaign_asks_the_version_that_it_names(room: Room) -> None:
    hear(room, registered())
    add(room, adding(OTHER))
    wanted: dict[str, Any] = {
        "school": SCHOOL,
        "form": "care",
        "opens_on": "2024-03-06",
        "closes_on": "2024-03-08",
        "legal_basis": "Kế hoạch của quận",
    }

    def create(**more: object) -> Any:
        with room.units.for_call(Call(actor=OFFICER, correlation_id=uuid4())) as work:
            return create_campaign(work, CreateCampaign.model_validate(wanted | more))

    made = create(form_version=1001, length="short")
    assert (made.form_version, made.length) == (1001, "short")
    assert create().form_version == 1
    with pytest.raises(Problem) as refusal:
        create(form_version=1002)
    assert refusal.value.code == "surveys.unknown_form"
