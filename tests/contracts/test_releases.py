"""What is released holds: the code breaks none of it, and nobody edits it."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from contracts import releases, schemas
from contracts.schemas import Documents
from gateway import openapi

CONTRACTS = Path("services/contracts")
RELEASED = CONTRACTS / "released"
FIRST = releases.released(RELEASED)[1]


@pytest.fixture(scope="module")
def code() -> Documents:
    """What the code says now, generated anew."""
    return schemas.documents() | {releases.OPENAPI: openapi.document()}


def test_the_code_breaks_nothing_that_is_released(code: Documents) -> None:
    assert releases.broken(code, releases.released(RELEASED)) == []


def test_no_released_file_was_changed_added_or_removed() -> None:
    assert releases.tampered(RELEASED) == []


def test_releases_are_numbered_without_a_gap() -> None:
    numbers = list(releases.released(RELEASED))
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_first_release_holds_every_kind_of_document() -> None:
    assert {path.partition("/")[0] for path in FIRST} == {
        "envelope.json",
        "events",
        "rpc",
        "openapi.json",
    }
    assert len(FIRST) == 35


def test_the_committed_openapi_document_is_the_generated_one() -> None:
    written = Path("docs/openapi.json").read_text(encoding="utf-8")
    assert written == openapi.render(), "run `make docs`"


def test_an_event_that_is_gone_is_told(code: Documents) -> None:
    for path in (path for path in FIRST if path.startswith(("events/", "rpc/"))):
        draft = {name: document for name, document in code.items() if name != path}
        assert releases.broken(draft, {1: FIRST}) == [f"{path}, released in 1: it is gone"]


# --- a copy that is tampered with ---------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the real files: `schemas`, `released`, and `openapi.json` beside them."""
    for name in ("schemas", "released"):
        shutil.copytree(CONTRACTS / name, tmp_path / name)
    shutil.copy("docs/openapi.json", tmp_path)
    return tmp_path


def run(what: str, folder: Path) -> None:
    """As `make docs` and `make release-contracts` do."""
    releases.main(what, str(folder), str(folder / "openapi.json"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_real_files_pass(folder: Path) -> None:
    run("check", folder)


NAME = "events/surveys.response_submitted.json"
NUMBERS = list(releases.released(RELEASED))


def refusal(what: str, numbers: Sequence[int]) -> list[str]:
    """What each of these releases says of the file."""
    return [f"{NAME}, released in {number}: {what}" for number in numbers]


def test_editing_a_released_file_to_fit_is_refused(folder: Path) -> None:
    for which in ("schemas", "released/1"):
        edit(folder / which / NAME, '"paper"', '"sheet"')
    with pytest.raises(SystemExit) as refused:
        run("check", folder)
    assert str(refused.value).splitlines() == [
        f"1/{NAME} is released and was changed",
        *refusal("source changed its enum", NUMBERS[1:]),
    ]


def test_removing_a_released_file_is_refused(folder: Path) -> None:
    for which in ("schemas", "released/1"):
        (folder / which / NAME).unlink()
    with pytest.raises(SystemExit) as refused:
        run("check", folder)
    assert str(refused.value).splitlines() == [
        f"1/{NAME} is released and was changed",
        *refusal("it is gone", NUMBERS[1:]),
    ]


def test_removing_a_whole_release_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "released" / "1")
    with pytest.raises(SystemExit, match=r"1/openapi\.json is released and was changed"):
        run("check", folder)


def test_slipping_a_file_into_a_release_is_refused(folder: Path) -> None:
    shutil.copy(folder / "schemas" / NAME, folder / "released" / "1" / "events" / "new.json")
    with pytest.raises(SystemExit, match=r"^1/events/new\.json is released and was changed\n"):
        run("check", folder)


def test_generating_anew_after_a_snapshot_was_deleted_hides_nothing(
    folder: Path, code: Documents
) -> None:
    """The way that led around the rule once: delete the snapshot, change the code, generate."""
    (folder / "schemas" / NAME).unlink()
    del code[NAME]["properties"]["day"]
    schemas.write(folder / "schemas", {p: d for p, d in code.items() if p != releases.OPENAPI})
    for what in ("check", "release"):
        with pytest.raises(SystemExit) as refused:
            run(what, folder)
        assert str(refused.value).splitlines() == refusal("day is gone", NUMBERS)


# --- releasing ----------------------------------------------------------------------------------


def test_there_is_nothing_to_release_twice(folder: Path) -> None:
    newest = max(releases.released(folder / "released"))
    schemas.write(folder / "schemas", releases.released(folder / "released")[newest])
    (folder / "schemas" / releases.OPENAPI).rename(folder / "openapi.json")
    with pytest.raises(SystemExit, match=f"^all is released already, in {newest}$"):
        run("release", folder)


def test_what_a_second_release_adds_is_held_from_then_on(folder: Path) -> None:
    path = folder / "schemas" / NAME
    before = path.read_text(encoding="utf-8")
    weather = json.loads(before)
    weather["properties"]["weather"] = {"type": "string", "default": "sun"}
    path.write_text(schemas.render(weather), encoding="utf-8")
    run("release", folder)
    run("check", folder)
    number = max(releases.released(folder / "released"))
    assert number == max(releases.released(RELEASED)) + 1
    path.write_text(before, encoding="utf-8")
    with pytest.raises(SystemExit, match=f"^{NAME}, released in {number}: weather is gone$"):
        run("check", folder)


def test_the_command_line_knows_two_words(folder: Path) -> None:
    with pytest.raises(SystemExit, match="check or release"):
        run("forget", folder)
