"""Some hundred parents: half fill in the public page as a browser would, half use the API."""

import hashlib
import random
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice

import httpx

from deploy.local.play.api import Api, Json, Patient
from deploy.local.play.form_page import FormPage, read_form

PARENTS_AT_ONCE = 8


@dataclass(frozen=True)
class Answer:
    """One parent's answer: item → value, as the form's check takes it."""

    slug: str
    submission_id: str
    answers: dict[str, int | str]
    by_page: bool


def make_answers(public: Json, crowd: Json, seed: int) -> Iterator[Answer]:
    """Make the answers of a school's parents to one campaign; the same seed gives the same ones.

    `public` is the campaign as a parent sees it, `crowd` how many parents think what:
    `{tthc, care, no_procedure, overall}`, the last as counts of the levels 1 to 5.
    """
    form, slug = public["form"], public["slug"]
    chance = random.Random(f"{seed} {public['school']} {form['kind']}")  # noqa: S311 - a sample
    skipping = crowd["no_procedure"] if form["filter"] else 0
    levels = [level for level, n in enumerate(crowd["overall"], 1) for _ in range(n)]
    chance.shuffle(levels)
    answering = islice(cycle(levels), crowd[form["kind"]] - skipping)
    for number, overall in enumerate([*([None] * skipping), *answering]):
        yield Answer(
            slug=slug,
            submission_id=same_id(f"{seed} {slug} {number}"),
            answers=fill_in(form, overall, chance),
            by_page=number % 2 == 0,
        )


def same_id(parent: str) -> str:
    """Return a parent's submission id: random in its form, as surveys asks, the same each time."""
    return str(uuid.UUID(bytes=hashlib.sha256(parent.encode()).digest()[:16], version=4))


def fill_in(form: Json, overall: int | None, chance: random.Random) -> dict[str, int | str]:
    """Fill in a form around one overall level; None did nothing that the filter asks for."""
    given: dict[str, int | str] = {}
    if form["filter"]:
        given[form["filter"]["code"]] = "no" if overall is None else "yes"
    for group in form["groups"]:
        if group["filtered"] and overall is None:
            continue
        for item in group["items"]:
            if item["kind"] == "yes_no":
                given[item["code"]] = "no"
            elif item["kind"] == "scale5":
                shift = chance.choice((-1, 0, 0, 0, 1))
                given[item["code"]] = min(5, max(1, (overall or 3) + shift))
            elif item["kind"] == "percent":
                given[item["code"]] = min(100, 55 + (overall or 3) * 8 + chance.randrange(6))
    if overall is not None:
        given[form["overall"]] = overall
    return given


def send_all(url: str, answers: Iterable[Answer], tick: Callable[[int], None]) -> int:
    """Send all answers, several parents at once; `tick` gets the number received so far.

    Returns how many were received. Raises for the first answer that was not.
    """
    received = 0
    with (
        httpx.Client(base_url=url, timeout=30, transport=Patient()) as browser,
        Api(url) as api,
        ThreadPoolExecutor(PARENTS_AT_ONCE) as parents,
    ):

        def send(answer: Answer) -> str:
            return send_by_page(browser, answer) if answer.by_page else send_by_api(api, answer)

        for _ in parents.map(send, answers):
            received += 1
            tick(received)
    return received


def send_by_api(api: Api, answer: Answer, demand: Json | None = None) -> str:
    """Send one answer to the REST interface; returns the receipt."""
    body: Json = {"submission_id": answer.submission_id, "answers": answer.answers}
    if demand:
        body["demand"] = demand
    return str(api.post(f"/public/campaigns/{answer.slug}/responses", body)["receipt"])


def send_by_page(browser: httpx.Client, answer: Answer) -> str:
    """Fill in the public pages until the thanks; returns the receipt.

    The page's own submission id is replaced by the parent's, so that a run that was killed and
    started again sends the same answer, not a second one.
    """
    response = browser.get(f"/k/{answer.slug}").raise_for_status()
    while not (receipt := read_receipt(response.text)):
        page = read_form(response.text)
        fields = page.hidden | _fill_page(page, answer)
        if "submission_id" in fields:
            fields["submission_id"] = answer.submission_id
        how = {"params": fields} if page.method == "get" else {"data": fields}
        response = browser.request(page.method, page.action, **how).raise_for_status()  # type: ignore[arg-type]
    return receipt


def _fill_page(page: FormPage, answer: Answer) -> dict[str, str]:
    names = [*page.choices, *page.texts]
    return {name: str(answer.answers[name]) for name in names if name in answer.answers}


def read_receipt(html: str) -> str:
    """Return the receipt code that the thanks page shows in `data-receipt="…"`, or ""."""
    _, found, rest = html.partition('data-receipt="')
    return rest.partition('"')[0] if found else ""
